import { personScore, reasonsFor, type PersonSignals } from './person-score.js';

const signals = (values: Partial<PersonSignals> = {}): PersonSignals => ({
  followedBy: 0,
  commonFriends: 0,
  isFollower: false,
  groups: 0,
  tags: 0,
  isActive: false,
  ...values,
});

describe('the score of a person', () => {
  it.each([
    [{}, 0],
    [{ followedBy: 1 }, 2],
    [{ followedBy: 1, commonFriends: 1 }, 3],
    [{ followedBy: 900, commonFriends: 900 }, 15],
    [{ isFollower: true }, 6],
    [{ groups: 2 }, 4],
    [{ groups: 50 }, 6],
    [{ tags: 2 }, 2],
    [{ isActive: true }, 1],
    [{ followedBy: 2, isFollower: true, groups: 1, tags: 1, isActive: true }, 14],
  ])('%j → %d', (given, score) => {
    expect(personScore(signals(given))).toBe(score);
  });

  it('puts a friend of two friends above somebody whom three strangers to each other follow', () => {
    const ofFriends = signals({ followedBy: 3, commonFriends: 2 });
    expect(personScore(ofFriends)).toBeGreaterThan(personScore(signals({ followedBy: 3 })));
  });

  it('says every reason that counts, the strongest first', () => {
    expect(reasonsFor(signals({ tags: 1, followedBy: 3, isFollower: true, groups: 2 }))).toEqual([
      'followed',
      'follower',
      'group',
      'hashtag',
    ]);
    expect(reasonsFor(signals({ isActive: true }))).toEqual(['active']);
    expect(reasonsFor(signals())).toEqual([]);
  });
});
