import type { Message } from '@echomate/contracts/chat.dto';
import type { Event } from '@echomate/contracts/events.dto';
import type { PersonCard } from '@echomate/contracts/follows.dto';
import type { Group } from '@echomate/contracts/groups.dto';
import type { FoundPost, SearchOverview } from '@echomate/contracts/search.dto';
import { resolve } from '$app/paths';
import { messagePath } from '#lib/features/chat/message-path.ts';
import { eventPath } from '#lib/features/events/event-path.ts';
import { groupPath } from '#lib/features/groups/group-path.ts';
import * as m from '#lib/generated/messages.js';
import { foundPostPath, hashtagPath, searchPath } from './search-path.ts';

/** What can be chosen below the box, and where it leads. */
export type SearchOption = { href: string } & (
  | { kind: 'recent'; q: string }
  | { kind: 'person'; person: PersonCard }
  | { kind: 'group'; group: Group }
  | { kind: 'hashtag'; tag: string }
  | { kind: 'post'; post: FoundPost }
  | { kind: 'event'; event: Event }
  | { kind: 'message'; message: Message }
  | { kind: 'all'; q: string }
);

export interface OptionGroup {
  /** Null for the last, which leads to all results */
  label: string | null;
  options: SearchOption[];
}

const kinds = (found: SearchOverview): OptionGroup[] => [
  {
    label: m.search_people(),
    options: found.people.map((person) => ({
      kind: 'person',
      person,
      href: resolve('/(app)/@[handle]', { handle: person.handle }),
    })),
  },
  {
    label: m.search_groups(),
    options: found.groups.map((group) => ({ kind: 'group', group, href: groupPath(group.id) })),
  },
  {
    label: m.search_hashtags(),
    options: found.hashtags.map(({ tag }) => ({ kind: 'hashtag', tag, href: hashtagPath(tag) })),
  },
  {
    label: m.search_posts(),
    options: found.posts.map((post) => ({ kind: 'post', post, href: foundPostPath(post) })),
  },
  {
    label: m.search_events(),
    options: found.events.map((event) => ({ kind: 'event', event, href: eventPath(event.id) })),
  },
  {
    label: m.search_messages(),
    options: found.messages.map((message) => ({
      kind: 'message',
      message,
      href: messagePath(message),
    })),
  },
];

/** Of each kind there is something of, and at the end the way to everything. */
export const foundGroups = (q: string, found: SearchOverview): OptionGroup[] => {
  const groups = kinds(found).filter(({ options }) => options.length > 0);
  if (groups.length === 0) return [];
  return [...groups, { label: null, options: [{ kind: 'all', q, href: searchPath({ q }) }] }];
};

export const recentGroups = (searches: readonly string[]): OptionGroup[] =>
  searches.length > 0
    ? [
        {
          label: m.search_recent(),
          options: searches.map((q) => ({ kind: 'recent', q, href: searchPath({ q }) })),
        },
      ]
    : [];
