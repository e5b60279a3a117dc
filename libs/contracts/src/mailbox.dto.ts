/** A mail kept in the development mailbox instead of being sent. */
export class MailboxMail {
  id!: string;
  to!: string;
  subject!: string;
  text!: string;
  sentAt!: string;
}

export class MailboxPage {
  items!: MailboxMail[];
  nextCursor!: string | null;
}
