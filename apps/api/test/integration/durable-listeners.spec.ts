import { jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql, type Transaction } from '../../src/platform/database/statements.js';
import { DomainEvents } from '../../src/platform/domain-events/domain-events.js';
import { BODY_KINDS } from '../../src/platform/http/bodies.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { killNodes, startNode, type NodeToKill } from '../support/node-to-kill.js';
import { insertFollow, insertLike, insertPeople, insertPost } from '../support/rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

/**
 * If a process is killed after saving an event, before or during the work that must follow, another process does the
 * work once.
 */
let files: TestDatabase;
/** Only observes: it runs no jobs. */
let app: TestApp;
let database: Database;

beforeAll(async () => {
  files = await createTestDatabase();
  const workers = jest.spyOn(Jobs.prototype, 'onApplicationBootstrap').mockResolvedValue();
  app = await startTestApp({}, BODY_KINDS, files);
  workers.mockRestore();
  database = app.get(Database);
});
afterAll(async () => {
  killNodes();
  await app.close();
});

interface Two {
  author: string;
  fan: string;
  /** The group of the case, if it needs one: the author leads it */
  group?: string;
}

/** For one listener: the preparation, the event, and what a person should find afterwards. */
interface Case {
  /** May answer with the id of a group. */
  given(transaction: Transaction, two: Two): Promise<unknown>;
  announce(node: NodeToKill, two: Two): Promise<unknown>;
  found(two: Two): Promise<unknown>;
  before: unknown;
  after: unknown;
}

const call =
  (path: string, service: string, method: string) => (node: NodeToKill, values: unknown[]) =>
    node.call<{ id: string }>({ path, service, method, values });
const posts = (method: string) =>
  call('modules/posts/post-writing.service', 'PostWritingService', method);
const follows = (method: string) =>
  call('modules/follows/follows.service', 'FollowsService', method);
const deactivate = call(
  'modules/users/account-states.service',
  'AccountStatesService',
  'deactivate',
);
const groups = (method: string) => call('modules/groups/groups.service', 'GroupsService', method);
const ask = call('modules/groups/joining.service', 'JoiningService', 'ask');
const remark = call('modules/posts/comments.service', 'CommentsService', 'create');
const like = call('modules/posts/likes.service', 'LikesService', 'like');
const leave = call('modules/groups/memberships.service', 'MembershipsService', 'leave');
const acceptInvitation = call('modules/groups/joining.service', 'JoiningService', 'accept');
const plan = call('modules/events/event-writing.service', 'EventWritingService', 'create');
const respond = call('modules/events/responses.service', 'ResponsesService', 'respond');
const findRoom = call('modules/chat/conversations.service', 'ConversationsService', 'ofGroup');
const say = call('modules/chat/message-writing.service', 'MessageWritingService', 'send');
const turn = call('modules/users/users.service', 'UsersService', 'updateVisibility');

const counted = async (query: ReturnType<typeof sql>): Promise<number> =>
  (await database.one<{ count: number }>(query))!.count;
const entriesOf = ({ fan, author }: Two) =>
  counted(sql`
    SELECT count(*) AS count FROM feed_entries e JOIN posts p ON p.id = e.post_id
    WHERE e.owner_id = ${fan} AND p.author_id = ${author}`);
const followsAuthor = (transaction: Transaction, { author, fan }: Two) =>
  insertFollow(transaction, fan, author);
const hasEntry = async (transaction: Transaction, two: Two) => {
  const postId = await insertPost(transaction, two.author, 'public');
  await transaction.run(
    sql`INSERT INTO feed_entries (owner_id, post_id) VALUES (${two.fan}, ${postId})`,
  );
};

const now = () => new Date().toISOString();

/** Led by the author. */
async function insertGroup(
  transaction: Transaction,
  { author, fan }: Two,
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

const insertPostIn = async (
  transaction: Transaction,
  author: string,
  groupId: string,
): Promise<string> => {
  const postId = await insertPost(transaction, author, 'group');
  await transaction.run(sql`UPDATE posts SET group_id = ${groupId} WHERE id = ${postId}`);
  return postId;
};

const planIn = (node: NodeToKill, { author, group }: Two) =>
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

/** The fan goes to an event of the group. */
async function goTo(node: NodeToKill, two: Two): Promise<void> {
  const { id } = await planIn(node, two);
  const option = await database.one<{ id: string }>(sql`
    SELECT o.id FROM event_options o JOIN events e ON e.series_id = o.series_id
    WHERE e.id = ${id} ORDER BY o.id LIMIT 1`);
  await respond(node, [two.fan, id, option!.id]);
}

/** Once it can no longer be restored, a job wipes it, and announces that. */
async function wipeGroup(node: NodeToKill, { author, group }: Two): Promise<void> {
  await groups('delete')(node, [author, group]);
  const longAgo = new Date(Date.now() - 3600_000).toISOString();
  await database.transaction(async (transaction) => {
    await transaction.run(sql`UPDATE groups SET deleted_at = ${longAgo} WHERE id = ${group}`);
    await transaction.run(sql`UPDATE jobs SET run_at = ${longAgo} WHERE kind = 'groups.wipe'`);
  });
  await until('the group is wiped', async () => !(await waiting('groups.wipe')).length);
}

const indexedOf = ({ author, fan, group }: Two) =>
  counted(sql`
    SELECT count(*) AS count FROM search_documents d
    WHERE d.author_id IN (${author}, ${fan}) OR d.scope_id = ${group ?? null}`);

let documents = 0;
const insertDocument = (
  transaction: Transaction,
  authorId: string,
  { kind, id }: { kind: 'post' | 'comment'; id: string },
) =>
  transaction.run(sql`
    INSERT INTO search_documents (number, kind, subject_id, post_id, author_id)
    VALUES (${++documents}, ${kind}, ${id}, ${id}, ${authorId})`);

const hasDocument = async (transaction: Transaction, { author }: Two): Promise<void> => {
  const id = await insertPost(transaction, author, 'public');
  await insertDocument(transaction, author, { kind: 'post', id });
};

/** The same for the author's post. */
async function wipePost(node: NodeToKill, { author }: Two): Promise<void> {
  const post = await database.one<{ id: string }>(
    sql`SELECT id FROM posts WHERE author_id = ${author}`,
  );
  await posts('delete')(node, [author, post!.id]);
  const longAgo = new Date(Date.now() - 3600_000).toISOString();
  await database.transaction(async (transaction) => {
    await transaction.run(sql`UPDATE posts SET deleted_at = ${longAgo} WHERE id = ${post!.id}`);
    await transaction.run(sql`UPDATE jobs SET run_at = ${longAgo} WHERE kind = 'posts.purge'`);
  });
  await until('the post is wiped', async () => !(await waiting('posts.purge')).length);
}

const decide = call('modules/moderation/decisions.service', 'DecisionsService', 'decide');

const CASES: Record<string, Case> = {
  'notifications.of-decisions': {
    given: async (transaction, { author, fan }) => {
      const caseId = uuid();
      await transaction.run(sql`UPDATE users SET role = 'moderator' WHERE id = ${author}`);
      await transaction.run(sql`
        INSERT INTO report_cases (id, subject_kind, subject_id, person_id, snapshot, claimed_by_id, claimed_until)
        VALUES (${caseId}, 'person', ${fan}, ${fan}, '{"text":"","media":[],"before":[],"after":[]}', ${author}, '2999-01-01T00:00:00.000Z')`);
      return caseId;
    },
    announce: (node, { author, group: caseId }) =>
      decide(node, [author, caseId, { decision: 'warn', reason: 'spam', words: 'Please stop.' }]),
    found: ({ fan }) =>
      counted(sql`
        SELECT count(*) AS count FROM notifications WHERE user_id = ${fan} AND kind = 'moderated'`),
    before: 0,
    after: 1,
  },
  'feed.backfill-from-group': {
    given: async (transaction, two) => {
      const groupId = await insertGroup(transaction, two, { isFanIn: false });
      await insertPostIn(transaction, two.author, groupId);
      await transaction.run(sql`
        INSERT INTO group_invitations (id, group_id, user_id, inviter_id, status, created_at)
        VALUES (${uuid()}, ${groupId}, ${two.fan}, ${two.author}, 'waiting', ${now()})`);
      return groupId;
    },
    announce: (node, { fan, group }) => acceptInvitation(node, [fan, group]),
    found: entriesOf,
    before: 0,
    after: 1,
  },
  'feed.remove-group': {
    given: async (transaction, two) => {
      const groupId = await insertGroup(transaction, two);
      const postId = await insertPostIn(transaction, two.author, groupId);
      await transaction.run(
        sql`INSERT INTO feed_entries (owner_id, post_id) VALUES (${two.fan}, ${postId})`,
      );
      return groupId;
    },
    announce: (node, { fan, group }) => leave(node, [fan, group]),
    found: entriesOf,
    before: 1,
    after: 0,
  },
  'groups.recount': {
    given: insertGroup,
    announce: (node, { fan }) => deactivate(node, [fan]),
    found: ({ group }) =>
      counted(sql`SELECT member_count AS count FROM groups WHERE id = ${group}`),
    before: 2,
    after: 1,
  },
  'posts.purge-group': {
    given: async (transaction, two) => {
      const groupId = await insertGroup(transaction, two);
      await insertPostIn(transaction, two.author, groupId);
      return groupId;
    },
    announce: wipeGroup,
    found: ({ group }) =>
      counted(sql`SELECT count(*) AS count FROM posts WHERE group_id = ${group} AND content <> ''`),
    before: 1,
    after: 0,
  },
  'chat.wipe': {
    given: insertGroup,
    announce: async (node, two) => {
      const { id } = await findRoom(node, [two.author, two.group]);
      await say(node, [two.author, id, { content: 'Hello', clientId: uuid() }]);
      await wipeGroup(node, two);
    },
    found: ({ group }) =>
      counted(sql`
        SELECT (SELECT count(*) FROM conversations WHERE group_id = ${group})
          + (SELECT count(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id
            WHERE c.group_id = ${group}) AS count`),
    before: 2,
    after: 0,
  },
  'events.wipe': {
    given: insertGroup,
    announce: async (node, two) => {
      await planIn(node, two);
      await wipeGroup(node, two);
    },
    found: ({ group }) =>
      counted(sql`SELECT count(*) AS count FROM events WHERE group_id = ${group}`),
    before: 1,
    after: 0,
  },
  'events.leave': {
    given: insertGroup,
    announce: async (node, two) => {
      await goTo(node, two);
      await leave(node, [two.fan, two.group]);
    },
    found: ({ fan }) =>
      counted(sql`SELECT count(*) AS count FROM event_answers WHERE user_id = ${fan}`),
    before: 1,
    after: 0,
  },
  'events.recount': {
    given: insertGroup,
    announce: async (node, two) => {
      await goTo(node, two);
      await deactivate(node, [two.fan]);
    },
    found: ({ group }) =>
      counted(sql`
        SELECT COALESCE(sum(c.answer_count), 0) AS count FROM event_counts c
        JOIN events e ON e.id = c.event_id WHERE e.group_id = ${group}`),
    before: 1,
    after: 0,
  },
  'feed.fan-out': {
    given: followsAuthor,
    announce: (node, { author }) =>
      posts('create')(node, [author, { content: 'Hello', audience: 'public' }]),
    found: entriesOf,
    before: 0,
    after: 1,
  },
  'feed.backfill': {
    given: (transaction, { author }) => insertPost(transaction, author, 'public'),
    announce: (node, { author, fan }) => follows('follow')(node, [fan, author]),
    found: entriesOf,
    before: 0,
    after: 1,
  },
  'feed.remove-author': {
    given: async (transaction, two) => {
      await followsAuthor(transaction, two);
      await hasEntry(transaction, two);
    },
    announce: (node, { author, fan }) => follows('unfollow')(node, [fan, author]),
    found: entriesOf,
    before: 1,
    after: 0,
  },
  'feed.remove-post': {
    given: async (transaction, two) => {
      await followsAuthor(transaction, two);
      await hasEntry(transaction, two);
    },
    announce: wipePost,
    found: entriesOf,
    before: 1,
    after: 0,
  },
  'insights.remove-post': {
    given: async (transaction, { author, fan }) => {
      const postId = await insertPost(transaction, author, 'public');
      await transaction.run(
        sql`INSERT INTO post_viewers (post_id, viewer_id) VALUES (${postId}, ${fan})`,
      );
      await transaction.run(
        sql`INSERT INTO post_reach (post_id, quarter, people) VALUES (${postId}, 1, 1)`,
      );
      await transaction.run(
        sql`INSERT INTO reached_posts (post_id, author_id, people) VALUES (${postId}, ${author}, 1)`,
      );
    },
    announce: wipePost,
    found: ({ author, fan }) =>
      counted(sql`
        SELECT (SELECT count(*) FROM reached_posts WHERE author_id = ${author})
          + (SELECT count(*) FROM post_viewers WHERE viewer_id = ${fan})
          + (SELECT count(*) FROM post_reach r JOIN posts p ON p.id = r.post_id
            WHERE p.author_id = ${author}) AS count`),
    before: 3,
    after: 0,
  },
  'posts.settle-reach': {
    given: async () => undefined,
    announce: async (node, { author }) => {
      await posts('create')(node, [author, { content: 'Hello #harbour', audience: 'public' }]);
      await turn(node, [author, 'private']);
    },
    found: ({ author }) =>
      database.many(sql`
        SELECT h.reach FROM post_hashtags h JOIN posts p ON p.id = h.post_id
        WHERE p.author_id = ${author}`),
    before: [{ reach: 'everyone' }],
    after: [{ reach: 'followers' }],
  },
  'posts.recount': {
    given: async (transaction, { author, fan }) =>
      insertLike(transaction, 'posts', await insertPost(transaction, author, 'public'), fan),
    announce: (node, { fan }) => deactivate(node, [fan]),
    found: ({ author }) =>
      counted(sql`SELECT like_count AS count FROM posts WHERE author_id = ${author}`),
    before: 1,
    after: 0,
  },
  'follows.recount': {
    given: async (transaction, two) => {
      await followsAuthor(transaction, two);
      await transaction.run(sql`
        INSERT INTO follow_counts (user_id, followers, following, requests)
        VALUES (${two.author}, 1, 0, 0), (${two.fan}, 0, 1, 0)`);
    },
    announce: (node, { fan }) => deactivate(node, [fan]),
    found: ({ author }) =>
      counted(sql`SELECT followers AS count FROM follow_counts WHERE user_id = ${author}`),
    before: 1,
    after: 0,
  },
};

const toldTo = (userId: string) =>
  counted(sql`SELECT count(*) AS count FROM notifications WHERE user_id = ${userId}`);

const told = (
  given: Case['given'],
  announce: Case['announce'],
  whom: (two: Two) => string,
): Case => ({ given, announce, found: (two) => toldTo(whom(two)), before: 0, after: 1 });

/** The post of the author that a case is about. */
const onlyPost = async ({ author }: Two) =>
  (await database.one<{ id: string }>(sql`SELECT id FROM posts WHERE author_id = ${author}`))!.id;
const publicPost = (transaction: Transaction, { author }: Two) =>
  insertPost(transaction, author, 'public');

Object.assign(CASES, {
  'search.index-post': {
    given: async () => undefined,
    announce: (node, { author }) =>
      posts('create')(node, [author, { content: 'Hello', audience: 'public' }]),
    found: indexedOf,
    before: 0,
    after: 1,
  },
  'search.index-post-and-comments': {
    given: hasDocument,
    announce: async (node, two) => posts('delete')(node, [two.author, await onlyPost(two)]),
    found: indexedOf,
    before: 1,
    after: 0,
  },
  'search.index-comment': {
    given: publicPost,
    announce: async (node, two) =>
      remark(node, [two.fan, await onlyPost(two), { content: 'Nice' }]),
    found: indexedOf,
    before: 0,
    after: 1,
  },
  'search.index-replies': {
    given: publicPost,
    announce: async (node, two) => {
      const { id } = await remark(node, [two.fan, await onlyPost(two), { content: 'Nice' }]);
      await database.transaction((transaction) =>
        insertDocument(transaction, two.fan, { kind: 'comment', id }),
      );
      await call(
        'modules/posts/comments.service',
        'CommentsService',
        'delete',
      )(node, [two.fan, id]);
    },
    found: indexedOf,
    before: 1,
    after: 0,
  },
  'search.index-event': {
    given: insertGroup,
    announce: planIn,
    found: indexedOf,
    before: 0,
    after: 1,
  },
  'search.index-person': {
    given: hasDocument,
    announce: (node, { author }) => deactivate(node, [author]),
    found: indexedOf,
    before: 1,
    after: 0,
  },
  'notifications.of-follows': told(
    async () => undefined,
    (node, { author, fan }) => follows('follow')(node, [fan, author]),
    ({ author }) => author,
  ),
  'notifications.of-groups': told(
    (transaction, two) => insertGroup(transaction, two, { isFanIn: false }),
    (node, { fan, group }) => ask(node, [fan, group, null]),
    ({ author }) => author,
  ),
  'notifications.of-events': told(insertGroup, planIn, ({ fan }) => fan),
  'notifications.of-posts': told(
    publicPost,
    async (node, two) =>
      posts('share')(node, [two.fan, await onlyPost(two), { audience: 'public' }]),
    ({ author }) => author,
  ),
  'notifications.of-comments': told(
    publicPost,
    async (node, two) => remark(node, [two.fan, await onlyPost(two), { content: 'Nice' }]),
    ({ author }) => author,
  ),
  'notifications.of-likes': told(
    publicPost,
    async (node, two) => like(node, [two.fan, 'post', await onlyPost(two)]),
    ({ author }) => author,
  ),
} satisfies Record<string, Case>);

const listeners = (): string[] => {
  const known = Reflect.get(app.get(DomainEvents), 'listeners') as Map<
    unknown,
    { durable: { name: string }[] }
  >;
  const names = [...known.values()].flatMap(({ durable }) => durable.map(({ name }) => name));
  return [...new Set(names)].sort();
};

interface WaitingJob {
  id: string;
  payload: string;
  attempts: number;
}

const waiting = (kind: string) =>
  database.many<WaitingJob>(sql`SELECT id, payload, attempts FROM jobs WHERE kind = ${kind}`);
const due = (jobIds: string[], at: Date) =>
  database.transaction((transaction) =>
    transaction.run(
      sql`UPDATE jobs SET run_at = ${at.toISOString()} WHERE id IN (${join(jobIds)})`,
    ),
  );
const NEVER = new Date('2999-01-01');

/** Announces everything, for two people each, in a process that is then killed. */
async function announceAll(): Promise<Map<string, Two>> {
  const node = await startNode(app.environment, { works: ['posts.purge', 'groups.wipe'] });
  const people = new Map<string, Two>();
  for (const [name, { given, announce, found, before }] of Object.entries(CASES)) {
    const [author, fan] = (await insertPeople(database, 2)) as [string, string];
    const prepared = await database.transaction((transaction) =>
      given(transaction, { author, fan }),
    );
    const two: Two = { author, fan, ...(typeof prepared === 'string' && { group: prepared }) };
    people.set(name, two);
    await announce(node, two);
    expect({ [name]: await found(two) }).toEqual({ [name]: before });
  }
  await node.kill();
  expect(await node.died).toBe('SIGKILL');
  return people;
}

/** The job that a listener has to do for these two. */
async function jobOf(name: string, { author, fan, group }: Two): Promise<WaitingJob> {
  const ids = [author, fan, ...(group ? [group] : [])];
  const found = (await waiting(name)).filter(({ payload }) =>
    ids.some((id) => payload.includes(id)),
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** A process runs until no jobs are left; then everyone finds what they should, and no more. */
async function workAndLook(people: Map<string, Two>): Promise<void> {
  const works = listeners();
  const jobs = (await Promise.all(works.map(waiting))).flat().map(({ id }) => id);
  await due(jobs, new Date());
  const node = await startNode(app.environment, { works });
  await until('no job is left', async () => !(await Promise.all(works.map(waiting))).flat().length);
  await node.kill();
  for (const [name, two] of people)
    expect({ [name]: await CASES[name]!.found(two) }).toEqual({ [name]: CASES[name]!.after });
}

describe('a durable listener whose process is killed', () => {
  it('has a case here', () => {
    expect(listeners()).toEqual(Object.keys(CASES).sort());
  });

  it('before it began does its work in the next process', async () => {
    const people = await announceAll();
    for (const [name, two] of people) expect(await jobOf(name, two)).toMatchObject({ attempts: 0 });
    await workAndLook(people);
  });

  it('before its job was ended does its work once, though it is begun twice', async () => {
    const people = await announceAll();
    const all = (await Promise.all(listeners().map(waiting))).flat().map(({ id }) => id);
    await due(all, NEVER);
    const jobs = [];
    for (const [name, two] of people) jobs.push((await jobOf(name, two)).id);
    await due(jobs, new Date());
    // One process for all: each job gets as far as its commit, and is begun again after the process is killed.
    const node = await startNode(app.environment, { works: [...people.keys()], atEnd: 'fail' });
    await until('each job was begun', async () => {
      for (const [name, two] of people) if (!(await jobOf(name, two)).attempts) return false;
      return true;
    });
    await node.kill();
    await workAndLook(people);
  });
});
