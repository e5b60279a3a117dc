import { fewOfEach, postReason, postScore, type PostSignals } from './post-score.js';

const NOW = Date.parse('2026-05-08T12:00:00Z');
const signals = (values: Partial<PostSignals> = {}): PostSignals => ({
  likes: 0,
  commenters: 0,
  sharers: 0,
  createdAt: '2026-05-08T12:00:00Z',
  tags: [],
  ...values,
});

describe('the score of a post', () => {
  it.each([
    [{}, 0],
    [{ likes: 12 }, 12],
    [{ likes: 1, commenters: 1, sharers: 1 }, 6],
    [{ likes: 8, createdAt: '2026-05-06T12:00:00Z' }, 4],
    [{ likes: 8, createdAt: '2026-05-04T12:00:00Z' }, 2],
    [{ likes: 8, tags: ['bees'] }, 12],
    [{ likes: 8, createdAt: '2026-05-09T12:00:00Z' }, 8],
  ])('%j → %d', (given, score) => {
    expect(postScore(signals(given), NOW)).toBeCloseTo(score);
  });

  it.each([
    [
      { likes: 12, commenters: 3 },
      { kind: 'liked', count: 12, tag: null },
    ],
    [
      { likes: 5, commenters: 3 },
      { kind: 'discussed', count: 3, tag: null },
    ],
    [
      { likes: 5, commenters: 3, sharers: 2 },
      { kind: 'shared', count: 2, tag: null },
    ],
    [
      { likes: 50, tags: ['honey', 'bees'] },
      { kind: 'hashtag', count: 0, tag: 'bees' },
    ],
  ])('says why: %j → %j', (given, reason) => {
    expect(postReason(signals(given))).toEqual(reason);
  });

  it('leaves two of each author, the first ones', () => {
    const ranked = ['ada', 'ada', 'bruno', 'ada', 'bruno', 'bruno'].map((authorId, at) => ({
      authorId,
      at,
    }));
    expect(fewOfEach(ranked).map(({ at }) => at)).toEqual([0, 1, 2, 4]);
  });
});
