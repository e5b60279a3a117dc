import { Controller, Get, Header } from '@nestjs/common';
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

  /** The emails this installation would have sent; exists only without SMTP and outside production */
  @Get()
  @Public()
  // Links with secrets beside words of others: not compressed.
  @Header('Cache-Control', 'private, no-store, no-transform')
  @Refuses('not-found')
  async list(): Promise<MailboxPage> {
    if (this.config.isProduction || !(this.transport instanceof Mailbox)) throw notFound();
    return { items: await this.transport.mails(), nextCursor: null };
  }
}
