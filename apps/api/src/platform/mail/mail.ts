export interface Mail {
  to: string;
  subject: string;
  /** Plain paragraphs, separated by empty lines; a line that is a URL becomes a link. */
  text: string;
  /** Where mail programs unsubscribe with one request (RFC 8058) */
  unsubscribeAt?: string;
}

/** The path below which the addresses are, each with its secret. Mail programs post a form there that nobody reads. */
export const UNSUBSCRIBE = 'mail/unsubscribe';

/** Sends mail, and counts it. The id identifies a repeated sending as the same mail. */
export abstract class MailTransport {
  private sent = 0;

  async send(id: string, mail: Mail): Promise<void> {
    await this.deliver(id, mail);
    this.sent++;
  }

  /** How many were sent since this was last asked. */
  takeSent(): number {
    const { sent } = this;
    this.sent = 0;
    return sent;
  }

  protected abstract deliver(id: string, mail: Mail): Promise<void>;
}
