import type { RowWriter } from '../../world/bulk-writer.ts';
import type { Chance } from '../../world/chance.ts';
import { DAY } from '../../world/people.ts';
import { awaitedOf, type Cast } from '../cast.ts';
import type { Size } from './size.ts';

export interface Making {
  writer: RowWriter;
  chance: Chance;
  size: Size;
  cast: Cast;
  now: number;
}

/** The crowd, by what becomes of its members. */
export interface Crowd {
  all: string[];
  /** Have blocked the one who is shunned. */
  shunners: string[];
  blockedByAuthor: string[];
  blockersOfAuthor: string[];
  /** Write much and are followed by those who read feeds. */
  close: string[];
  networkers: string[];
  /** Have private profiles. */
  secretive: string[];
  /** Have blocked the one who is mobbed; the newest people, so the newest followers too. */
  mob: string[];
  /** One whose newest posts are hidden. */
  veiled: string;
}

export const CLOSE = 100;
/** How many of the close have a thousand blocks themselves. */
const CLOSE_WITH_BLOCKS = 20;
const FIRST_NAMES =
  'Grace Ada Alan Edsger Barbara Donald Margaret Ken Linus Radia Xavier Tim Frances Joan'.split(
    ' ',
  );
/** Only one has it, who was among the first to come. */
export const RARE = { first: 'Zebulon', last: 'Quartermaine' };

export async function gatherPeople(making: Making): Promise<Crowd> {
  const { writer, chance, size, now } = making;
  const at = (share: number, count: number): [number, number] => {
    const from = Math.floor(size.people * share);
    return [from, from + count];
  };
  const mobFrom = size.people - size.mass;
  const secretive = at(0.7, 200);
  const all = Array.from({ length: size.people }, (_, index) => {
    const joined = now - 400 * DAY + (index * 50 * DAY) / size.people;
    const id = chance.id(joined);
    const first = index === 7 ? RARE.first : chance.pick(FIRST_NAMES);
    const last = index === 7 ? RARE.last : `Hopper${index}`;
    const handle = `${first}.${last}`.toLowerCase();
    const isPrivate = index >= secretive[0] && index < secretive[1];
    writer.insert(
      'users',
      'id, email, handle, password_hash, first_name, last_name, date_of_birth, visibility, email_visibility, ' +
        'date_of_birth_visibility, role, created_at, search_name',
      [
        ...[id, `hostile-${index}@example.org`, handle, '', first, last, '1990-12-31'],
        ...[isPrivate ? 'private' : 'public', 'me', 'me', 'member', new Date(joined).toISOString()],
        ` ${first} ${last} ${handle}`.toLowerCase(),
      ],
    );
    for (const word of [first, last, handle])
      writer.insert('user_names', 'word, user_id', [word.toLowerCase(), id]);
    return id;
  });
  await writer.flush();
  return {
    all,
    shunners: all.slice(0, size.shunners),
    blockedByAuthor: all.slice(...at(0.25, size.blocks)),
    blockersOfAuthor: all.slice(...at(0.45, size.blocks)),
    close: all.slice(...at(0.65, CLOSE)),
    networkers: all.slice(...at(0.67, size.networkers)),
    secretive: all.slice(...secretive),
    mob: all.slice(mobFrom),
    veiled: all[mobFrom - 1]!,
  };
}

/** Follows in the order in which lists show them, oldest first; nobody follows twice. */
export async function writeFollows({ writer, chance, size, cast, now }: Making, crowd: Crowd) {
  const { all } = crowd;
  const seen = new Set<string>();
  let time = now - 340 * DAY;
  const follow = (follower: string, followee: string, status = 'accepted') => {
    const pair = follower + followee;
    if (follower === followee || seen.has(pair)) return;
    seen.add(pair);
    const created = new Date((time += 1000)).toISOString();
    writer.insert('follows', 'id, follower_id, followee_id, status, created_at, decided_at', [
      ...[chance.id(time), follower, followee, status, created],
      status === 'requested' ? null : created,
    ]);
  };
  for (const [index, follower] of all.entries()) {
    for (let step = 1; step <= 8; step++)
      follow(follower, all[(index + step * step * 37) % all.length]!);
    follow(follower, cast.hub.id);
    if (index % 1000 === 0) await writer.flush();
  }
  for (const [index, networker] of crowd.networkers.entries()) {
    for (let at = 0; at < size.followsOfNetworker; at++)
      follow(networker, all[(index * 211 + at * 3) % all.length]!);
    follow(cast.suggested.id, networker);
    await writer.flush();
  }
  const spread = (count: number) =>
    Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]!);
  for (const id of spread(Math.min(20_000, size.people / 2))) follow(cast.hub.id, id);
  for (const reader of [cast.few, cast.many, cast.blocker])
    for (const id of crowd.close) follow(reader.id, id);
  for (const id of spread(size.manyFollows - CLOSE)) follow(cast.many.id, id);
  for (const reader of [cast.few, cast.many]) {
    follow(reader.id, cast.hub.id);
    follow(reader.id, cast.author.id);
    follow(reader.id, cast.prolific.id);
  }
  for (const awaited of awaitedOf(cast))
    for (const id of spread(size.requests)) follow(id, awaited.id, 'requested');
  for (const id of spread(size.stormFollowers)) follow(id, cast.prolific.id);
  // The oldest followers of the author are no strangers to anyone.
  for (const id of crowd.networkers) follow(id, cast.author.id);
  await writer.flush();
}

export async function writeBlocks({ writer, chance, size, cast, now }: Making, crowd: Crowd) {
  let time = now - 200 * DAY;
  const shun = (table: string, columns: string, one: string, other: string) => {
    time += 1000;
    writer.insert(table, `id, ${columns}, created_at`, [
      ...[chance.id(time), one, other, new Date(time).toISOString()],
    ]);
  };
  const block = (blocker: string, blocked: string) =>
    shun('blocks', 'blocker_id, blocked_id', blocker, blocked);
  for (const id of crowd.shunners) block(id, cast.shunned.id);
  for (const id of crowd.mob) block(id, cast.mobbed.id);
  for (const id of crowd.blockedByAuthor) block(cast.author.id, id);
  for (const id of crowd.blockersOfAuthor) block(id, cast.author.id);
  for (const id of crowd.all.slice(0, size.ownBlocks)) block(cast.blocker.id, id);
  for (const id of crowd.mob.slice(-size.ownBlocks))
    shun('mutes', 'muter_id, muted_id', cast.blocker.id, id);
  for (const author of crowd.close.slice(0, CLOSE_WITH_BLOCKS))
    for (const id of crowd.blockedByAuthor) block(author, id);
  await writer.flush();
}
