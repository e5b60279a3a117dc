import { v7 as uuid } from 'uuid';
import { sql } from '../../src/platform/database/statements.js';
import {
  call,
  counted,
  deactivate,
  insertGroup,
  insertPostIn,
  leave,
  planIn,
  wipe,
  type Case,
  type Scene,
} from './listener-cases.js';
import type { NodeToKill } from './node-to-kill.js';

const groups = (method: string) => call('modules/groups/groups.service', 'GroupsService', method);
const respond = call('modules/events/responses.service', 'ResponsesService', 'respond');
const findRoom = call('modules/chat/conversations.service', 'ConversationsService', 'ofGroup');
const say = call('modules/chat/message-writing.service', 'MessageWritingService', 'send');

/** The fan goes to an event of the group. */
async function goTo(node: NodeToKill, scene: Scene): Promise<void> {
  const { id } = await planIn(node, scene);
  const option = await scene.database.one<{ id: string }>(sql`
    SELECT o.id FROM event_options o JOIN events e ON e.series_id = o.series_id
    WHERE e.id = ${id} ORDER BY o.id LIMIT 1`);
  await respond(node, [scene.fan, id, option!.id]);
}

async function wipeGroup(node: NodeToKill, scene: Scene): Promise<void> {
  const { author, group } = scene;
  await groups('delete')(node, [author, group]);
  await wipe(
    scene,
    'groups.wipe',
    (deletedAt) => sql`UPDATE groups SET deleted_at = ${deletedAt} WHERE id = ${group}`,
  );
}

/** Of what listens to groups, their conversations and events. */
export const CASES_OF_GROUPS: Record<string, Case> = {
  'groups.recount': {
    given: insertGroup,
    announce: (node, { fan }) => deactivate(node, [fan]),
    found: ({ database, group }) =>
      counted(database, sql`SELECT member_count AS count FROM groups WHERE id = ${group}`),
    before: 2,
    after: 1,
  },
  'posts.purge-group': {
    given: async (transaction, scene) => {
      const groupId = await insertGroup(transaction, scene);
      await insertPostIn(transaction, scene.author, groupId);
      return groupId;
    },
    announce: wipeGroup,
    found: ({ database, group }) =>
      counted(
        database,
        sql`SELECT count(*) AS count FROM posts WHERE group_id = ${group} AND content <> ''`,
      ),
    before: 1,
    after: 0,
  },
  'chat.wipe': {
    given: insertGroup,
    announce: async (node, scene) => {
      const { id } = await findRoom(node, [scene.author, scene.group]);
      await say(node, [scene.author, id, { content: 'Hello', clientId: uuid() }]);
      await wipeGroup(node, scene);
    },
    found: ({ database, group }) =>
      counted(
        database,
        sql`
        SELECT (SELECT count(*) FROM conversations WHERE group_id = ${group})
          + (SELECT count(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id
            WHERE c.group_id = ${group}) AS count`,
      ),
    before: 2,
    after: 0,
  },
  'events.wipe': {
    given: insertGroup,
    announce: async (node, scene) => {
      await planIn(node, scene);
      await wipeGroup(node, scene);
    },
    found: ({ database, group }) =>
      counted(database, sql`SELECT count(*) AS count FROM events WHERE group_id = ${group}`),
    before: 1,
    after: 0,
  },
  'events.leave': {
    given: insertGroup,
    announce: async (node, scene) => {
      await goTo(node, scene);
      await leave(node, [scene.fan, scene.group]);
    },
    found: ({ database, fan }) =>
      counted(database, sql`SELECT count(*) AS count FROM event_answers WHERE user_id = ${fan}`),
    before: 1,
    after: 0,
  },
  'events.recount': {
    given: insertGroup,
    announce: async (node, scene) => {
      await goTo(node, scene);
      await deactivate(node, [scene.fan]);
    },
    found: ({ database, group }) =>
      counted(
        database,
        sql`
        SELECT COALESCE(sum(c.answer_count), 0) AS count FROM event_counts c
        JOIN events e ON e.id = c.event_id WHERE e.group_id = ${group}`,
      ),
    before: 1,
    after: 0,
  },
};
