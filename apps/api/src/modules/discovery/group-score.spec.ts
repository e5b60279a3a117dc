import { groupReason, groupScore, type GroupSignals } from './group-score.js';

const signals = (values: Partial<GroupSignals> = {}): GroupSignals => ({
  hasFollowed: false,
  tags: 0,
  isNew: false,
  memberCount: 9,
  ...values,
});

describe('the score of a group', () => {
  it.each([
    [{}, 1],
    [{ memberCount: 0 }, 0],
    [{ memberCount: 999 }, 3],
    [{ hasFollowed: true }, 5],
    [{ tags: 1 }, 3],
    [{ tags: 6 }, 5],
    [{ isNew: true }, 2],
  ])('%j → %d', (given, score) => {
    expect(groupScore(signals(given))).toBeCloseTo(score);
  });

  it('puts what is close above what is merely large', () => {
    const large = groupScore(signals({ memberCount: 5000 }));
    expect(groupScore(signals({ hasFollowed: true, memberCount: 3 }))).toBeGreaterThan(large);
  });

  it.each([
    [{ hasFollowed: true, tags: 2, isNew: true }, 'followed'],
    [{ tags: 1, isNew: true }, 'hashtag'],
    [{ isNew: true }, 'new'],
    [{}, 'popular'],
  ])('says the strongest reason: %j → %s', (given, kind) => {
    expect(groupReason(signals(given))).toBe(kind);
  });
});
