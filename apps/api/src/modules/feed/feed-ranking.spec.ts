import { reasonFor, scoreOf, type Signals } from './feed-ranking.js';

const NOW = Date.parse('2026-05-01T12:00:00Z');
const row = (values: Partial<Signals>): Signals => ({
  id: '1',
  authorId: 'ada',
  createdAt: '2026-05-01T11:00:00Z',
  likeCount: 0,
  commentCount: 0,
  followedLikes: 0,
  followedCommenters: 0,
  isFriend: false,
  isFollowed: true,
  ...values,
});

describe('the ranking of a feed', () => {
  it('puts what people one follows discuss above what strangers like', () => {
    expect(scoreOf(row({ followedCommenters: 2, commentCount: 2 }), 'me', NOW)).toBeGreaterThan(
      scoreOf(row({ likeCount: 20 }), 'me', NOW),
    );
  });

  it('does not put one’s own posts first for what others made of them', () => {
    const popular = row({ authorId: 'me', likeCount: 50, followedLikes: 9 });
    expect(scoreOf(popular, 'me', NOW)).toBe(scoreOf(row({}), 'me', NOW));
  });

  it('lets every score decay', () => {
    const yesterday = row({ createdAt: '2026-04-30T11:00:00Z', likeCount: 4 });
    expect(scoreOf(yesterday, 'me', NOW)).toBeLessThan(scoreOf(row({}), 'me', NOW));
  });

  it.each([
    [
      { followedCommenters: 3, followedLikes: 9 },
      { kind: 'commented', count: 3 },
    ],
    [
      { followedLikes: 2, isFriend: true },
      { kind: 'liked', count: 2 },
    ],
    [
      { likeCount: 4, commentCount: 1 },
      { kind: 'popular', count: 5 },
    ],
    [
      { isFriend: 1, likeCount: 4 },
      { kind: 'friend', count: 0 },
    ],
    [{}, { kind: 'followed', count: 0 }],
    [
      { isFollowed: false, isFriend: true },
      { kind: 'group', count: 0 },
    ],
    [
      { authorId: 'me', followedLikes: 5 },
      { kind: 'own', count: 0 },
    ],
  ])('says why: %j → %j', (signals, reason) => {
    expect(reasonFor(row(signals), 'me')).toEqual(reason);
  });
});
