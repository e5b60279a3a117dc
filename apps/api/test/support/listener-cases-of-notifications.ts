import { v7 as uuid } from 'uuid';
import { sql } from '../../src/platform/database/statements.js';
import {
  call,
  counted,
  follows,
  insertGroup,
  onlyPost,
  planIn,
  posts,
  publicPost,
  remark,
  type Case,
  type Scene,
} from './listener-cases.js';

const ask = call('modules/groups/joining.service', 'JoiningService', 'ask');
const like = call('modules/posts/likes.service', 'LikesService', 'like');
const decide = call('modules/moderation/decisions.service', 'DecisionsService', 'decide');

/** One of the two is told of it. */
const told = (
  given: Case['given'],
  announce: Case['announce'],
  whom: (scene: Scene) => string,
): Case => ({
  given,
  announce,
  before: 0,
  after: 1,
  found: (scene) =>
    counted(
      scene.database,
      sql`SELECT count(*) AS count FROM notifications WHERE user_id = ${whom(scene)}`,
    ),
});

export const CASES_OF_NOTIFICATIONS: Record<string, Case> = {
  'notifications.of-follows': told(
    async () => undefined,
    (node, { author, fan }) => follows('follow')(node, [fan, author]),
    ({ author }) => author,
  ),
  'notifications.of-groups': told(
    (transaction, scene) => insertGroup(transaction, scene, { isFanIn: false }),
    (node, { fan, group }) => ask(node, [fan, group, null]),
    ({ author }) => author,
  ),
  'notifications.of-events': told(insertGroup, planIn, ({ fan }) => fan),
  'notifications.of-posts': told(
    publicPost,
    async (node, scene) =>
      posts('share')(node, [scene.fan, await onlyPost(scene), { audience: 'public' }]),
    ({ author }) => author,
  ),
  'notifications.of-comments': told(
    publicPost,
    async (node, scene) => remark(node, [scene.fan, await onlyPost(scene), { content: 'Nice' }]),
    ({ author }) => author,
  ),
  'notifications.of-likes': told(
    publicPost,
    async (node, scene) => like(node, [scene.fan, 'post', await onlyPost(scene)]),
    ({ author }) => author,
  ),
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
    found: ({ database, fan }) =>
      counted(
        database,
        sql`
        SELECT count(*) AS count FROM notifications WHERE user_id = ${fan} AND kind = 'moderated'`,
      ),
    before: 0,
    after: 1,
  },
};
