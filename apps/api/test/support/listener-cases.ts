import { v7 as uuid } from 'uuid';
import type { Database } from '../../src/platform/database/database.service.js';
import { sql, type Sql, type Transaction } from '../../src/platform/database/statements.js';
import type { NodeToKill } from './node-to-kill.js';
import { insertFollow, insertPost } from './rows.js';
import { until } from './until.js';

/** Two people, and where they are. */
export interface Scene {
  database: Database;
  author: string;
  fan: string;
  /** The group of the case, if it needs one: the author leads it */
  group?: string;
}

/** For one listener: the preparation, the event, and what a person should find afterwards. */
export interface Case {
  /** May answer with the id of a group. */
  given(transaction: Transaction, scene: Scene): Promise<unknown>;
  announce(node: NodeToKill, scene: Scene): Promise<unknown>;
  found(scene: Scene): Promise<unknown>;
  before: unknown;
  after: unknown;
}

/** A method of a service, for a process to call. */
export const call =
  (path: string, service: string, method: string) => (node: NodeToKill, values: unknown[]) =>
    node.call<{ id: string }>({ path, service, method, values });
export const posts = (method: string) =>
  call('modules/posts/post-writing.service', 'PostWritingService', method);
export const follows = (method: string) =>
  call('modules/follows/follows.service', 'FollowsService', method);
export const deactivate = call(
  'modules/users/account-states.service',
  'AccountStatesService',
  'deactivate',
);
export const remark = call('modules/posts/comments.service', 'CommentsService', 'create');
export const leave = call('modules/groups/memberships.service', 'MembershipsService', 'leave');
const plan = call('modules/events/event-writing.service', 'EventWritingService', 'create');

export const counted = async (database: Database, query: Sql): Promise<number> =>
  (await database.one<{ count: number }>(query))!.count;

export interface WaitingJob {
  id: string;
  payload: string;
  attempts: number;
}

export const waiting = (database: Database, kind: string) =>
  database.many<WaitingJob>(sql`SELECT id, payload, attempts FROM jobs WHERE kind = ${kind}`);

export const now = () => new Date().toISOString();

export const followsAuthor = (transaction: Transaction, { author, fan }: Scene) =>
  insertFollow(transaction, fan, author);
export const publicPost = (transaction: Transaction, { author }: Scene) =>
  insertPost(transaction, author, 'public');
/** The post of the author that a case is about. */
export const onlyPost = async ({ database, author }: Scene) =>
  (await database.one<{ id: string }>(sql`SELECT id FROM posts WHERE author_id = ${author}`))!.id;

/** Led by the author. */
export async function insertGroup(
  transaction: Transaction,
  { author, fan }: Scene,
  { isFanIn = true } = {},
): Promise<string> {
  const groupId = uuid();
  await transaction.run(sql`
    INSERT INTO groups (id, creator_id, title, description, search_text, member_count, created_at)
    VALUES (${groupId}, ${author}, 'Club', '', ' club', ${isFanIn ? 2 : 1}, ${now()})`);
  for (const [userId, role] of [[author, 'creator'], ...(isFanIn ? [[fan, 'member']] : [])])
    await transaction.run(sql`
      INSERT INTO memberships (id, group_id, user_id, role, joined_at)
      VALUES (${uuid()}, ${groupId}, ${userId}, ${role}, ${now()})`);
  return groupId;
}

export const insertPostIn = async (
  transaction: Transaction,
  author: string,
  groupId: string,
): Promise<string> => {
  const postId = await insertPost(transaction, author, 'group');
  await transaction.run(sql`UPDATE posts SET group_id = ${groupId} WHERE id = ${postId}`);
  return postId;
};

export const planIn = (node: NodeToKill, { author, group }: Scene) =>
  plan(node, [
    author,
    group,
    {
      title: 'Swarm evening',
      start: `${new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)}T19:30`,
      zone: 'Europe/Berlin',
      options: [{ title: 'Going' }, { title: 'Not going' }],
    },
  ]);

/** Makes the job of this kind wipe what can no longer be restored, which it announces. */
export async function wipe(
  { database }: Scene,
  kind: string,
  asOf: (deletedAt: string) => Sql,
): Promise<void> {
  const longAgo = new Date(Date.now() - 3600_000).toISOString();
  await database.transaction(async (transaction) => {
    await transaction.run(asOf(longAgo));
    await transaction.run(sql`UPDATE jobs SET run_at = ${longAgo} WHERE kind = ${kind}`);
  });
  await until(`${kind} has wiped it`, async () => !(await waiting(database, kind)).length);
}
