import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { MailboxPage } from '@echomate/contracts/mailbox.dto';
import { Config } from '../config/config.js';
import { Refuses } from '../http/api-docs.js';
import { notFound } from '../http/problem.js';
import { Public } from '../http/public.decorator.js';
import { MailTransport } from './mail.js';
import { Mailbox } from './mailbox.js';

@ApiTags('development')
@Controller('dev/mailbox')
export class MailboxController {
  constructor(
    private readonly config: Config,
    private readonly transport: MailTransport,
  ) {}

  /** The mails this installation would have sent; exists only without SMTP and outside production */
  @Get()
  @Public()
  @Refuses('not-found')
  async list(): Promise<MailboxPage> {
    if (this.config.isProduction || !(this.transport instanceof Mailbox)) throw notFound();
    return { items: await this.transport.mails(), nextCursor: null };
  }
}
