export interface Mail {
  to: string;
  subject: string;
  /** Plain paragraphs, apart by an empty line; a line that is an address becomes a link. */
  text: string;
}

/** Sends mail. The id makes a repeated sending recognisable as the same mail. */
export abstract class MailTransport {
  abstract send(id: string, mail: Mail): Promise<void>;
}
