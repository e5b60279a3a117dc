import { v7 as uuid } from 'uuid';
import { byRank, rankedFrom, rankedPage } from './ranked-pages.js';

describe('a list by rank', () => {
  it('is ordered by score, then by age', () => {
    const ranked = [
      { score: 1, id: 'a' },
      { score: 2, id: 'a' },
      { score: 1, id: 'b' },
    ].sort(byRank);
    expect(ranked.map(({ score, id }) => `${score}${id}`)).toEqual(['2a', '1b', '1a']);
  });

  it('goes on behind the last item of the page before, as of the same moment', () => {
    const list = [3, 2, 2, 1].map((score) => ({ score, id: uuid() })).sort(byRank);
    const first = rankedPage(list, rankedFrom(undefined), 2);
    expect(first.shown).toEqual(list.slice(0, 2));
    const from = rankedFrom(first.nextCursor!);
    expect(first.nextCursor).toContain(from.asOf);
    expect(rankedPage(list, from, 2)).toEqual({ shown: list.slice(2), nextCursor: null });
  });

  it.each([
    'nonsense',
    `${uuid()}.x.${uuid()}`,
    `${uuid({ msecs: Date.now() + 3600_000 })}.1.${uuid()}`,
    `${'-'.repeat(36)}.1.${uuid()}`,
  ])('refuses the cursor %s', (cursor) => {
    expect(() => rankedFrom(cursor)).toThrow();
  });
});
