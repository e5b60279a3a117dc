import type { PersonReason } from '@echomate/contracts/discovery.dto';

/** What speaks for suggesting a person; see docs/discovery.md. */
export interface PersonSignals {
  /** People the viewer follows who follow the person */
  followedBy: number;
  /** Those of them who are friends of both */
  commonFriends: number;
  isFollower: boolean;
  groups: number;
  tags: number;
  isActive: boolean;
}

/** Beyond these more of the same changes nothing: one reason alone must not decide. */
const MOST = { followedBy: 5, commonFriends: 5, groups: 3, tags: 3 };

const pointsFor = (signals: PersonSignals): Record<PersonReason['kind'], number> => ({
  followed:
    2 * Math.min(signals.followedBy, MOST.followedBy) +
    Math.min(signals.commonFriends, MOST.commonFriends),
  follower: signals.isFollower ? 6 : 0,
  group: 2 * Math.min(signals.groups, MOST.groups),
  hashtag: Math.min(signals.tags, MOST.tags),
  active: signals.isActive ? 1 : 0,
});

export const personScore = (signals: PersonSignals): number =>
  Object.values(pointsFor(signals)).reduce((sum, points) => sum + points, 0);

/** The reasons that count, the strongest first. */
export const reasonsFor = (signals: PersonSignals): PersonReason['kind'][] =>
  (Object.entries(pointsFor(signals)) as [PersonReason['kind'], number][])
    .filter(([, points]) => points > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([kind]) => kind);
