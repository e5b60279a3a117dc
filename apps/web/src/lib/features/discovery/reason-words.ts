import type { DiscoveryReason, GroupReason, PersonReason } from '@echomate/contracts/discovery.dto';
import { reasonOf } from '#lib/features/follows/reason.ts';
import * as m from '#lib/generated/messages.js';

/** More would be a list to read. */
const REASONS_SAID = 2;

const wordsOf = ({ kind, people, count, group, tag }: PersonReason): string | null => {
  switch (kind) {
    case 'followed':
      return reasonOf(people, count);
    case 'follower':
      return m.follows_follows_you();
    case 'group':
      return group && m.discovery_reason_group({ title: group.title });
    case 'hashtag':
      return m.discovery_reason_tag({ tag: tag ?? '' });
    case 'active':
      return m.discovery_reason_active();
  }
};

/** Why a person is suggested. */
export const personReasons = (reasons: PersonReason[], atMost = REASONS_SAID): string =>
  reasons
    .map(wordsOf)
    .filter((words) => words !== null)
    .slice(0, atMost)
    .join(' · ');

/** Why a group is suggested. */
export const groupReason = ({ kind, tag }: GroupReason): string => {
  switch (kind) {
    case 'followed':
      return m.groups_reason_followed();
    case 'hashtag':
      return m.discovery_reason_about({ tag: tag ?? '' });
    case 'new':
      return m.groups_reason_new();
    case 'popular':
      return m.groups_reason_popular();
  }
};

/** Why a post is on Discover. */
export const postReason = ({ kind, count, tag }: DiscoveryReason): string => {
  switch (kind) {
    case 'hashtag':
      return m.discovery_reason_about({ tag: tag ?? '' });
    case 'shared':
      return m.discovery_reason_shared({ count });
    case 'discussed':
      return m.discovery_reason_discussed({ count });
    case 'liked':
      return m.discovery_reason_liked({ count });
  }
};
