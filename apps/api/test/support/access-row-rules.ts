import { canSeeDismissal } from '../../src/access/dismissal.access.js';
import { canSeeAnswer, eventColumns } from '../../src/access/event.access.js';
import { canSeeAttachment, canSeeMediaFor, mediumColumns } from '../../src/access/media.access.js';
import { ABOUT, canSeeNotification } from '../../src/access/notification.access.js';
import { canSeeVersion, postColumns } from '../../src/access/post.access.js';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql, type Rule, type Sql } from '../../src/platform/database/statements.js';
import { dismissedBy } from './access-discovery-model.js';
import { dismissedOf, type DismissedIds } from './access-discovery-paths.js';
import { filesIn, filesSeenBy } from './access-files.js';
import type { AccessModel } from './access-model.js';
import type { Question } from './access-questions.js';
import type { AccessWorld } from './access-world.js';

/**
 * The rule itself, as lists ask it, but about all rows of a table: what reads a list leaves out by other means too much
 * to tell whether the rule would.
 */
const ROWS = 'all rows';

export function aboutRows(world: AccessWorld, viewer: string): Question[] {
  const me = sql`${world.person(viewer).id}`;
  const question = <Row>(
    path: string,
    query: Sql,
    namesOf: (row: Row) => string[],
    expect: (model: AccessModel) => string[],
  ): Question => ({
    viewer,
    about: ROWS,
    path,
    expect: () => (world.model.isActive(viewer) ? expect(world.model).sort() : undefined),
    ask: async () =>
      (await world.app.get(Database).many<Row>(query)).flatMap((row) => namesOf(row)).sort(),
  });

  const files = new Map([...filesIn(world)].map(([name, id]) => [id, name]));
  const aboutFiles = (path: string, rules: Rule[], isAsked: (name: string) => boolean) =>
    question<{ id: string }>(
      path,
      sql`SELECT m.id FROM media m WHERE ${join(rules, ' OR ')}`,
      ({ id }) => [files.get(id) ?? []].flat().filter(isAsked),
      (model) => filesSeenBy(world, model, viewer).filter(isAsked),
    );
  const m = mediumColumns(sql`m`);
  return [
    question<DismissedIds>(
      'dismissals',
      sql`
        SELECT d.person_id AS "personId", d.group_id AS "groupId", d.post_id AS "postId", d.tag
        FROM dismissals d WHERE ${canSeeDismissal(me, sql`d`)}`,
      (row) => dismissedOf(world, row),
      (model) => dismissedBy(model, viewer),
    ),
    question<{ eventId: string; userId: string }>(
      'answers to events',
      sql`
        SELECT a.event_id AS "eventId", a.user_id AS "userId"
        FROM event_answers a JOIN events e ON e.id = a.event_id
        WHERE ${canSeeAnswer(me, eventColumns(sql`e`), sql`a.user_id`)}`,
      ({ eventId, userId }) =>
        world
          .namesOf('events', [{ id: eventId }])
          .flatMap((event) =>
            world.namesOf('people', [{ id: userId }]).map((who) => `${who} → ${event}`),
          ),
      ({ events }) =>
        events.all
          .filter((event) => events.sees(viewer, event))
          .flatMap((event) =>
            events.answersFor(viewer, event).map((who) => `${who} → ${event.name}`),
          ),
    ),
    question<{ id: string }>(
      'whose notifications',
      sql`SELECT DISTINCT n.user_id AS id FROM ${ABOUT} WHERE ${canSeeNotification(me)}`,
      ({ id }) => world.namesOf('people', [{ id }]),
      ({ notifications }) => (notifications.shownTo(viewer).length ? [viewer] : []),
    ),
    question<{ id: string; content: string }>(
      'earlier versions',
      sql`
        SELECT p.id, v.content FROM post_versions v JOIN posts p ON p.id = v.post_id
        WHERE ${canSeeVersion(me, { id: sql`v.id`, audience: sql`v.audience` }, postColumns(sql`p`))}`,
      ({ id, content }) =>
        world.namesOf('posts', [{ id }]).map((name) => `${name}: ${content.split(' #').at(-1)}`),
      (model) =>
        model.posts.flatMap((post) =>
          post.versions
            .filter((version) => model.seesVersion(viewer, post, version))
            .map(({ text }) => `${post.name}: ${text}`),
        ),
    ),
    aboutFiles(
      'files, by what they are for',
      (['avatar', 'banner', 'attachment'] as const).map((one) => canSeeMediaFor(me, one, m)),
      () => true,
    ),
    aboutFiles(
      'files, by what they are attached to',
      (['post', 'comment', 'group', 'message'] as const).map((one) => canSeeAttachment(me, one, m)),
      (name) => !/'s (avatar|banner|upload)$/.test(name),
    ),
  ];
}
