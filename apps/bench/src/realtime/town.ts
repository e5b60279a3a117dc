import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Uuid from 'uuid';
import { fromApi } from '../api-packages.ts';
import { withDatabase } from '../database.ts';
import { foundGroups } from '../groups.ts';
import type { Installation } from '../installation.ts';
import { insertRows, type Table } from '../rows.ts';
import type { World } from '../world/world.ts';

const { v7: uuid } = fromApi('uuid') as typeof Uuid;

const PAIRS = 50;
const MEMBERS = 200;
/** Less than every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const YEAR_MS = 365 * 24 * 3600 * 1000;

export interface Resident {
  id: string;
  cookie: string;
}

/** Where messages are written, and who is told. */
export interface Lane {
  conversationId: string;
  members: Resident[];
}

/** The same people on both sides, in conversations of their own. */
export interface Side {
  pairs: Lane[];
  room: Lane;
}

export interface Town {
  api: Side;
  bare: Side;
  /** Who has a page open and does nothing. */
  idle: Resident[];
}

/** Signs in people of a world past the api, fifty pairs of whom write to each other and two hundred in a group. */
export async function settleTown(
  { installation, people, few, many, writer }: World,
  idleSockets: number,
): Promise<Town> {
  const pairs = await followingPairs(installation, [few.id, many.id, writer.id]);
  const talking = new Set(pairs.flat());
  const others = people.filter((id) => !talking.has(id));
  const memberIds = others.slice(0, MEMBERS);
  const idleIds = others.slice(MEMBERS, MEMBERS + idleSockets);
  const residents = await signedIn(installation, [...talking, ...memberIds, ...idleIds]);
  const groups = await foundGroups(installation, [{ memberIds, posts: 0 }]);

  const tables = { conversations: [] as Table['rows'], participants: [] as Table['rows'] };
  const at = new Date().toISOString();
  const converse = (ids: string[], values: { group_id?: string; pair?: string }): Lane => {
    const conversationId = uuid();
    tables.conversations.push({
      id: conversationId,
      group_id: null,
      pair: null,
      last_message_id: null,
      created_at: at,
      ...values,
    });
    for (const userId of ids)
      tables.participants.push({
        id: uuid(),
        conversation_id: conversationId,
        user_id: userId,
        accepted_at: at,
        last_read_id: FIRST_ID,
      });
    return { conversationId, members: ids.map((id) => residents.get(id)!) };
  };
  const town: Town = {
    api: {
      pairs: pairs.map((pair) => converse(pair, { pair: pair.toSorted().join(' ') })),
      room: converse(memberIds, { group_id: groups[0]! }),
    },
    // The bare server tells the participants, whatever the conversation.
    bare: { pairs: pairs.map((pair) => converse(pair, {})), room: converse(memberIds, {}) },
    idle: idleIds.map((id) => residents.get(id)!),
  };
  await insertRows(
    installation,
    Object.entries(tables).map(([name, rows]) => ({ name, rows })),
  );
  return town;
}

async function followingPairs(installation: Installation, without: string[]) {
  const follows = await withDatabase(installation, (database) =>
    database.all<{ one: string; other: string }>(
      `SELECT follower_id AS one, followee_id AS other FROM follows
      WHERE status = 'accepted' AND follower_id NOT IN ('${without.join("', '")}') ORDER BY id DESC LIMIT 5000`,
    ),
  );
  const taken = new Set(without);
  const pairs: [string, string][] = [];
  for (const { one, other } of follows) {
    if (pairs.length === PAIRS) break;
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one).add(other);
    pairs.push([one, other]);
  }
  return pairs;
}

async function signedIn(
  installation: Installation,
  userIds: string[],
): Promise<Map<string, Resident>> {
  const secret = readFileSync(join(installation.dataDir, 'session-secret'), 'utf8');
  const seen = new Date().toISOString();
  const sessions: Table['rows'] = [];
  const residents = new Map<string, Resident>();
  for (const id of userIds) {
    const token = randomBytes(32).toString('base64url');
    const signature = createHmac('sha256', secret).update(token).digest('base64');
    const cookie = encodeURIComponent(`s:${token}.${signature.replace(/=+$/, '')}`);
    residents.set(id, { id, cookie: `echomate_session=${cookie}` });
    sessions.push({
      id: uuid(),
      user_id: id,
      device: 'Firefox on Linux',
      token_hash: createHash('sha256').update(token).digest('base64url'),
      created_at: seen,
      last_seen_at: seen,
      expires_at: new Date(Date.now() + YEAR_MS).toISOString(),
    });
  }
  await insertRows(installation, [{ name: 'sessions', rows: sessions }]);
  return residents;
}
