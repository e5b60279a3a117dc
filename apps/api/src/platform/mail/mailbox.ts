import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { MailboxMail } from '@echomate/contracts/mailbox.dto';
import { v7 as uuid } from 'uuid';
import { Config } from '../config/config.js';
import { MailTransport, type Mail } from './mail.js';

const KEPT = 200;

/** Replaces the mail server during development: stores mails as files, and a page shows them. */
@Injectable()
export class Mailbox extends MailTransport {
  private readonly folder: string;

  constructor(config: Config) {
    super();
    this.folder = join(config.dataDir, 'mailbox');
  }

  protected async deliver(id: string, mail: Mail): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, `${id}.json`);
    const kept: MailboxMail = {
      id,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      sentAt: new Date().toISOString(),
    };
    const unfinished = `${path}.${uuid()}.part`;
    await writeFile(unfinished, JSON.stringify(kept), { mode: 0o600 });
    await rename(unfinished, path);
    const names = await this.names();
    await Promise.all(
      names.slice(KEPT).map((name) => rm(join(this.folder, name), { force: true })),
    );
  }

  /** Newest first. */
  async mails(): Promise<MailboxMail[]> {
    const names = (await this.names()).slice(0, KEPT);
    return (await Promise.all(names.map((name) => this.read(name)))).filter(
      (mail) => mail !== null,
    );
  }

  /** Null if it has made room for a newer one meanwhile. */
  private async read(name: string): Promise<MailboxMail | null> {
    try {
      return JSON.parse(await readFile(join(this.folder, name), 'utf8')) as MailboxMail;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Ids are ordered by time, and so are the file names made of them. */
  private async names(): Promise<string[]> {
    await mkdir(this.folder, { recursive: true });
    const names = await readdir(this.folder);
    return names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .reverse();
  }
}
