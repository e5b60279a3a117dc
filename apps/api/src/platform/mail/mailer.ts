import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/config.js';
import type { Transaction } from '../database/statements.js';
import { Jobs } from '../jobs/jobs.service.js';
import { SiteService } from '../site/site.service.js';
import { MailTransport, type Mail } from './mail.js';

const SEND = 'mail.send';
/** Jobs that earlier releases may have left. */
const FORMERLY = ['auth.mail-notice', 'outside-logins.mail', 'second-factors.mail-notice'];

/** Mail signed with the name of the site. */
@Injectable()
export class Mailer implements OnModuleInit {
  constructor(
    private readonly transport: MailTransport,
    private readonly jobs: Jobs,
    private readonly site: SiteService,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    for (const kind of [SEND, ...FORMERLY])
      this.jobs.handle<Mail>(kind, (mail, { id }) => this.send(id, mail));
  }

  /** Sends it once the transaction is committed. */
  sendLater(transaction: Transaction, mail: Mail): Promise<void> {
    return this.jobs.enqueue(transaction, SEND, mail);
  }

  /** The id identifies a repeated sending as the same mail. */
  async send(id: string, mail: Mail): Promise<void> {
    const text = `${mail.text}\n\n${await this.site.name()}`;
    await this.transport.send(id, { ...mail, text });
  }

  /** The address of a page, for a link. */
  link(path: string): string {
    return new URL(path, this.config.publicUrl).href;
  }
}
