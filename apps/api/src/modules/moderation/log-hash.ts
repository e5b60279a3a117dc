import { createHash } from 'node:crypto';
import type { ModerationLogRow } from './entities/moderation-log-row.entity.js';

/** Before the first row. */
export const BEGINNING = '0'.repeat(64);

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Covers everything in the row and, by the hash of the row before, every row before it. */
export const hashOfRow = (row: Omit<ModerationLogRow, 'hash'>): string =>
  hashOf(
    JSON.stringify([
      ...[row.position, row.at, row.action, row.actorId, row.caseId, row.subjectKind],
      ...[row.subjectId, row.personId, row.reason, row.wordsHash, row.endsAt, row.previousHash],
    ]),
  );

/** The position of the first row that isn't as it was written, or null. */
export function firstAltered(
  rows: ModerationLogRow[],
  before: Pick<ModerationLogRow, 'position' | 'hash'> = { position: 0, hash: BEGINNING },
): number | null {
  let { position, hash } = before;
  for (const row of rows) {
    const isNext = row.position === position + 1 && row.previousHash === hash;
    if (!isNext || row.hash !== hashOfRow(row)) return position + 1;
    ({ position, hash } = row);
  }
  return null;
}
