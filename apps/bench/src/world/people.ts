import type { RowWriter } from './bulk-writer.ts';
import type { Chance } from './chance.ts';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
/** People joined and followed before the first post. */
const BEFORE_POSTS = 40 * DAY;

const LEAST_PEOPLE = 6000;
const POSTS_OF_EACH = 10;
/** Both viewers follow these, who write much. */
export const CLOSE = 100;
/** Have 5,000 followers: what they write is looked up on reading. */
export const LARGE = 3;

export interface Accounts {
  /** Follows 100 people, one of them large. */
  few: string;
  /** Follows 5,000 people, the same 100 and the three large ones among them. */
  many: string;
  /** Is followed by 100. */
  writer: string;
}

export interface Crowd {
  /** Of everyone, without the accounts; the large come first, then the close. */
  ids: string[];
  /** Those whose profiles are private. */
  closed: Set<string>;
  /** Which follow makes a post of this author reach the viewer; undefined if none does. */
  followsOf: Record<'few' | 'many', Map<string, string>>;
}

export function gatherPeople(
  writer: RowWriter,
  chance: Chance,
  accounts: Accounts,
  firstPostAt: number,
  posts: number,
): Crowd {
  const people = Math.max(LEAST_PEOPLE, Math.round(posts / POSTS_OF_EACH));
  let now = firstPostAt - BEFORE_POSTS;
  const tick = () => (now += (BEFORE_POSTS - DAY) / (people * 14));
  const closed = new Set<string>();
  const ids = Array.from({ length: people }, (_, at) => {
    const id = chance.id(tick());
    const isPrivate = at >= LARGE && chance.isOneIn(5);
    if (isPrivate) closed.add(id);
    writer.insert(
      'users',
      'id, email, handle, password_hash, first_name, last_name, date_of_birth, nickname, avatar_id, visibility, ' +
        'email_visibility, date_of_birth_visibility, role, created_at, search_name',
      [
        id,
        `crowd-${at}@example.org`,
        `grace.hopper${at}`,
        '',
        'Grace',
        `Hopper ${at}`,
        '1990-12-31',
        chance.isOneIn(3) ? `hopper${at}` : null,
        chance.isOneIn(2) ? chance.id(now) : null,
        isPrivate ? 'private' : 'public',
        'me',
        'me',
        'member',
        new Date(now).toISOString(),
        ` grace hopper ${at} grace.hopper${at}`,
      ],
    );
    for (const word of ['grace', 'hopper', String(at), `grace.hopper${at}`])
      writer.insert('user_names', 'word, user_id', [word, id]);
    return id;
  });

  const counts = new Map<string, { followers: number; following: number }>();
  const countsOf = (id: string) => {
    if (!counts.has(id)) counts.set(id, { followers: 0, following: 0 });
    return counts.get(id)!;
  };
  const follow = (follower: string, followee: string) => {
    const id = chance.id(tick());
    const at = new Date(now).toISOString();
    writer.insert('follows', 'id, follower_id, followee_id, status, created_at, decided_at', [
      ...[id, follower, followee, 'accepted', at, at],
    ]);
    countsOf(follower).following++;
    countsOf(followee).followers++;
    return id;
  };

  const large = ids.slice(0, LARGE);
  const close = ids.slice(LARGE, LARGE + CLOSE);
  const others = ids.slice(LARGE + CLOSE);
  for (const id of large) {
    writer.insert('large_authors', 'author_id', [id]);
    for (const follower of others.slice(0, 5000)) follow(follower, id);
  }
  // A hundred follow who writes; everyone follows some.
  for (const follower of others.slice(0, 100)) follow(follower, accounts.writer);
  for (const [at, follower] of others.entries())
    for (let step = 1; step <= 8; step++)
      follow(follower, others[(at + step * step * 37) % others.length]!);
  const followsOf = { few: new Map<string, string>(), many: new Map<string, string>() };
  const followed = {
    few: [large[0]!, ...close.slice(0, 99)],
    many: [...large, ...close, ...others.slice(0, 5000 - LARGE - CLOSE)],
  };
  for (const viewer of ['few', 'many'] as const)
    for (const id of followed[viewer]) {
      const followId = follow(accounts[viewer], id);
      if (!large.includes(id)) followsOf[viewer].set(id, followId);
    }
  for (const [id, { followers, following }] of counts)
    writer.insert('follow_counts', 'user_id, followers, following', [id, followers, following]);

  // Both viewers have blocks and mutes.
  for (const [at, viewer] of [accounts.few, accounts.many].entries()) {
    const end = others.length - 10 * at;
    const shun = (table: string, columns: string, one: string, other: string) =>
      writer.insert(table, `id, ${columns}, created_at`, [
        ...[chance.id(tick()), one, other, new Date(now).toISOString()],
      ]);
    for (const blocked of others.slice(end - 3, end))
      shun('blocks', 'blocker_id, blocked_id', viewer, blocked);
    shun('blocks', 'blocker_id, blocked_id', others[end - 4]!, viewer);
    for (const muted of close.slice(1, 3)) shun('mutes', 'muter_id, muted_id', viewer, muted);
  }
  return { ids, closed, followsOf };
}
