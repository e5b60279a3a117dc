import type { ShownThing } from '@echomate/contracts/realtime';

/** What the process that saw it tells every process, so that each tells its own pages. */
export type Broadcast =
  | { about: 'thing'; thing: ShownThing; hasNewComments: boolean }
  /** What this person can see may be less, and after a block the rest may be different. */
  | { about: 'viewer'; userId: string; isAllDifferent: boolean }
  /** Whoever sees posts by this person, or their comments, may see less. */
  | { about: 'author'; userId: string }
  | { about: 'group'; groupId: string }
  | { about: 'series'; seriesId: string }
  | { about: 'published'; postId: string }
  | { about: 'fanned-out'; postIds: string[] };
