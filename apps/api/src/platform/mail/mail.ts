export interface Mail {
  to: string;
  subject: string;
  /** Plain paragraphs, separated by empty lines; a line that is a URL becomes a link. */
  text: string;
}

/** Sends mail. The id identifies a repeated sending as the same mail. */
export abstract class MailTransport {
  abstract send(id: string, mail: Mail): Promise<void>;
}
