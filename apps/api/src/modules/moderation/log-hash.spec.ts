import { BEGINNING, firstAltered, hashOfRow } from './log-hash.js';
import type { ModerationLogRow } from './entities/moderation-log-row.entity.js';

const rows = (): ModerationLogRow[] => {
  const written: ModerationLogRow[] = [];
  for (const [at, action] of ['dismiss', 'remove', 'undo', 'warn'].entries()) {
    const row = {
      position: at + 1,
      at: `2026-06-0${at + 1}T10:00:00.000Z`,
      action,
      actorId: 'ada',
      caseId: 'case',
      subjectKind: 'post',
      subjectId: 'post',
      personId: 'bruno',
      reason: 'spam',
      wordsHash: null,
      endsAt: null,
      previousHash: written.at(-1)?.hash ?? BEGINNING,
    };
    written.push({ ...row, hash: hashOfRow(row) });
  }
  return written;
};

describe('the chain of the log', () => {
  it('is whole as it was written', () => {
    expect(firstAltered(rows())).toBeNull();
    expect(firstAltered([])).toBeNull();
  });

  it.each(Object.keys(rows()[0]!))('is broken where %s was altered', (column) => {
    const altered = rows();
    altered[1] = { ...altered[1]!, [column]: column === 'position' ? 7 : 'other' };
    expect(firstAltered(altered)).toBe(2);
  });

  it('is broken after a row that was rewritten with a hash that fits it', () => {
    const altered = rows();
    altered[1]!.action = 'dismiss';
    altered[1]!.hash = hashOfRow(altered[1]!);
    expect(firstAltered(altered)).toBe(3);
  });

  it('is broken where a row was taken out, or put elsewhere', () => {
    const [first, second, third, fourth] = rows();
    expect(firstAltered([first!, third!, fourth!])).toBe(2);
    expect(firstAltered([first!, third!, second!, fourth!])).toBe(2);
    expect(firstAltered([second!, third!])).toBe(1);
  });

  it('goes on from the end of what was read before', () => {
    const [first, second, third] = rows();
    expect(firstAltered([third!], second)).toBeNull();
    expect(firstAltered([third!], first)).toBe(2);
  });
});
