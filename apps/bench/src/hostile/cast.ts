import type { Api } from '../api-server.ts';
import { openAccount, type Person } from '../people.ts';

/** The people who send requests, each with an account. */
export const ROLES = [
  /** Follows nobody. Mentioned in many posts that they may not see. */
  'plain',
  /** Follows 100 authors whose posts have hundreds of likes and comments. */
  'few',
  /** Follows 5,000, those 100 among them. */
  'many',
  /** Has blocked 2,000 people, muted as many, and follows the 100. */
  'blocker',
  /** Has been blocked by 5,000 people. */
  'shunned',
  /** Has been blocked by 25,000 people, who write, like, comment and follow. */
  'mobbed',
  /** Follows 200 people who follow 1,500 each. */
  'suggested',
  /** Has blocked 1,000 people and been blocked by 1,000, who comment and like on 20 posts. */
  'author',
  /** Everyone follows the hub. */
  'hub',
  /** Private: 4,000 wait for an answer; has 10,000 uploads and 1,000 sessions. */
  'awaited',
  /** Private: 4,000 wait for an answer of each. */
  'awaited2',
  'awaited3',
  'awaited4',
  /** Has 4,686 followers, just too few to be looked up on reading. */
  'prolific',
  /** Has written 5,000 comments. */
  'talkative',
] as const;

export type Role = (typeof ROLES)[number];
export type Cast = Record<Role, Person>;

export const awaitedOf = ({ awaited, awaited2, awaited3, awaited4 }: Cast) => [
  awaited,
  awaited2,
  awaited3,
  awaited4,
];

export async function openAccounts(api: Api): Promise<Cast> {
  const cast: Partial<Cast> = {};
  for (const role of ROLES)
    cast[role] = await openAccount(api, { firstName: 'Rosa', lastName: role });
  return cast as Cast;
}
