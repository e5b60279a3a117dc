import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/statements.js';
import { Mailer } from '../../platform/mail/mailer.js';
import * as mails from './second-factors.mails.js';

type Notice = Exclude<keyof typeof mails, 'codeUsed'>;

/** Tells the owner of an account about every change. */
@Injectable()
export class SecondFactorsMailer {
  constructor(private readonly mailer: Mailer) {}

  tell(transaction: Transaction, to: string, about: Notice): Promise<void> {
    const path = about.startsWith('passkey') ? '/settings/passkeys' : '/settings/two-step';
    return this.mailer.sendLater(transaction, mails[about](to, this.mailer.link(path)));
  }

  codeUsed(transaction: Transaction, to: string, left: number): Promise<void> {
    const mail = mails.codeUsed(to, this.mailer.link('/settings/two-step'), left);
    return this.mailer.sendLater(transaction, mail);
  }
}
