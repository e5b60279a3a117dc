import type { FollowState, Relation } from '@echomate/contracts/follows.dto';
import { actionOf, afterFollow, afterUnfollow, followLook } from './follow-look.ts';

const now = new Date('2026-05-01T12:00:00Z');
const relation = (following: Partial<FollowState>, rest: Partial<Relation> = {}): Relation => ({
  following: { status: 'none', askAgainAt: null, ...following },
  followedBy: 'none',
  isFriend: false,
  isMuted: false,
  ...rest,
});

test('a public profile is followed, a private one asked', () => {
  expect(followLook(relation({}), 'public', now)).toBe('follow');
  expect(followLook(relation({}), 'private', now)).toBe('ask');
});

test('a declined person waits a day', () => {
  const declined = { status: 'declined', askAgainAt: '2026-05-01T12:00:01Z' } as const;
  expect(followLook(relation(declined), 'private', now)).toBe('declined');
  expect(actionOf('declined')).toBeNull();
  const later = new Date('2026-05-01T12:00:02Z');
  expect(followLook(relation(declined), 'private', later)).toBe('ask');
});

test('following back somebody public makes friends at once', () => {
  const follower = relation({}, { followedBy: 'accepted' });
  expect(followLook(afterFollow(follower, 'public'), 'public', now)).toBe('friends');
  expect(followLook(afterFollow(follower, 'private'), 'private', now)).toBe('requested');
});

test('unfollowing keeps that the other one follows', () => {
  const friends = relation({ status: 'accepted' }, { followedBy: 'accepted', isFriend: true });
  expect(afterUnfollow(friends)).toEqual(relation({}, { followedBy: 'accepted' }));
});
