import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Config } from '../config/config.js';
import { MailTransport, type Mail } from './mail.js';

@Injectable()
export class SmtpTransport extends MailTransport implements OnApplicationShutdown {
  private readonly transport;

  constructor(private readonly config: Config) {
    super();
    this.transport = createTransport({
      url: config.smtpUrl!,
      pool: true,
      connectionTimeout: 10_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  protected async deliver(id: string, mail: Mail): Promise<void> {
    await this.transport.sendMail({
      from: this.config.mailFrom,
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      html: asHtml(mail.text),
      messageId: `<${id}@${this.config.publicUrl.hostname}>`,
      // Prevents out-of-office replies.
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(mail.unsubscribeAt && {
          'List-Unsubscribe': `<${mail.unsubscribeAt}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
      },
    });
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

function asHtml(text: string): string {
  const paragraphs = text.split('\n\n').map((paragraph) => {
    const content = /^https?:\/\/\S+$/.test(paragraph)
      ? `<a href="${escape(paragraph)}">${escape(paragraph)}</a>`
      : escape(paragraph).replaceAll('\n', '<br>');
    return `<p>${content}</p>`;
  });
  return `<!doctype html><html><body style="font:16px/1.5 sans-serif">${paragraphs.join('')}</body></html>`;
}
