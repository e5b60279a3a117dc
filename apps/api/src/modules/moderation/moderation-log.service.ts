import { Injectable } from '@nestjs/common';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import type { ModerationLogRow } from './entities/moderation-log-row.entity.js';
import { BEGINNING, firstAltered, hashOf, hashOfRow } from './log-hash.js';
import { ModerationLogRepository } from './moderation-log.repository.js';

const READ_AT_ONCE = 500;

export type Logged = Pick<
  ModerationLogRow,
  'action' | 'actorId' | 'caseId' | 'subjectKind' | 'subjectId' | 'personId' | 'reason' | 'endsAt'
> & { words: string | null };

/** What moderators did, once and for all: rows are only added, and each holds the hash of the one before. */
@Injectable()
export class ModerationLogService {
  constructor(private readonly repository: ModerationLogRepository) {}

  /** The last thing that a transaction does, since everyone else who logs waits for its end. */
  async append(transaction: Transaction, { words, ...logged }: Logged): Promise<void> {
    await locks.moderationLog(transaction);
    const last = await this.repository.findLast(transaction);
    const row = {
      ...logged,
      position: (last?.position ?? 0) + 1,
      at: new Date().toISOString(),
      wordsHash: words === null ? null : hashOf(words),
      previousHash: last?.hash ?? BEGINNING,
    };
    await this.repository.append(transaction, { ...row, hash: hashOfRow(row) });
  }

  /** How many rows there are, and the position of the first that isn't as it was written. */
  async verify(): Promise<{ rows: number; alteredAt: number | null }> {
    let before = { position: 0, hash: BEGINNING };
    for (;;) {
      const rows = await this.repository.findAfter(before.position, READ_AT_ONCE);
      const alteredAt = firstAltered(rows, before);
      if (alteredAt !== null) return { rows: before.position + rows.length, alteredAt };
      const last = rows.at(-1);
      if (!last) return { rows: before.position, alteredAt: null };
      before = last;
    }
  }
}
