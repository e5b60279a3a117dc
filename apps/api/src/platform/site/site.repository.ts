import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { sql, type Reader, type Transaction } from '../database/statements.js';
import { StoredSite } from './site-settings.entity.js';

const KEY = 'site';

export type SiteRow = Omit<StoredSite, 'key' | 'changedAt'>;

@Injectable()
export class SiteRepository {
  constructor(private readonly database: Database) {}

  find(reader: Reader = this.database): Promise<SiteRow | null> {
    return reader.one(sql`
      SELECT name, colour, logo, welcome, rules, contact, registration
      FROM site_settings WHERE key = ${KEY}`);
  }

  /** With the lock of the site. */
  async save(transaction: Transaction, site: SiteRow): Promise<void> {
    const values = { ...site, changedAt: new Date().toISOString() };
    const changed = await transaction.update(StoredSite, { key: KEY }, values);
    if (!changed) await transaction.insert(StoredSite, { key: KEY, ...values });
  }
}
