import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import type { Transaction } from '../../platform/database/statements.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { MailTransport, type Mail } from '../../platform/mail/mail.js';
import { SiteService } from '../../platform/site/site.service.js';
import * as mails from './second-factors.mails.js';

const NOTICE = 'second-factors.mail-notice';
type Notice = Exclude<keyof typeof mails, 'codeUsed'>;

/** Tells the owner of an account about every change. */
@Injectable()
export class SecondFactorsMailer implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly transport: MailTransport,
    private readonly site: SiteService,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<Mail>(NOTICE, async (mail, { id }) =>
      this.transport.send(id, await this.site.signed(mail)),
    );
  }

  tell(transaction: Transaction, to: string, about: Notice): Promise<void> {
    const path = about.startsWith('passkey') ? '/settings/passkeys' : '/settings/two-step';
    return this.jobs.enqueue(transaction, NOTICE, mails[about](to, this.page(path)));
  }

  codeUsed(transaction: Transaction, to: string, left: number): Promise<void> {
    const mail = mails.codeUsed(to, this.page('/settings/two-step'), left);
    return this.jobs.enqueue(transaction, NOTICE, mail);
  }

  private page(path: string): string {
    return new URL(path, this.config.publicUrl).href;
  }
}
