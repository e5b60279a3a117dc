import type { Kind } from '../../src/access/access.service.js';
import { canSeeInvitation, canSeeRequest } from '../../src/access/group.access.js';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql, type Rule } from '../../src/platform/database/statements.js';
import type { AccessModel } from './access-model.js';
import { aboutChannels } from './access-channel-rule.js';
import { aboutRows } from './access-row-rules.js';
import { commentsIn, commentsSeenBy, filesIn, filesSeenBy } from './access-files.js';
import { aboutConversation, aboutPresence, chatByIds } from './access-chat-rule.js';
import type { Question, Scope } from './access-questions.js';
import { aboutWho, audienceOf, byIds, EVERYTHING } from './access-rule-forms.js';
import type { AccessWorld } from './access-world.js';

/** Which of all there is each viewer may see, and who may see each of it. */
export const questionsAboutRule = (
  world: AccessWorld,
  { posts, groups, events, conversations }: Scope,
): Question[] => [
  ...world.names.flatMap((viewer) => [
    ...aboutIds(world, viewer),
    ...aboutRows(world, viewer),
    ...(conversations.length ? [...chatByIds(world, viewer), ...aboutChannels(world, viewer)] : []),
    ...(world.groups.size ? aboutTheWayIn(world, viewer) : []),
  ]),
  ...posts.flatMap((post) => aboutAudience(world, post)),
  ...groups.flatMap((group) => aboutMembers(world, group)),
  ...events.flatMap((event) => aboutEventAudience(world, event)),
  ...(conversations.length ? aboutPresence(world) : []),
  ...conversations.flatMap((name) => aboutConversation(world, name)),
];

/** The rule as those ask it who hold ids: which of these may this viewer see. */
function aboutIds(world: AccessWorld, viewer: string): Question[] {
  const idsOf = (things: Map<string, { id: string }>) =>
    new Map([...things].map(([name, { id }]) => [name, id]));
  const series = [...world.events].map(([name, { seriesId }]) => [name, seriesId] as const);
  const groups = idsOf(world.groups);
  const people = idsOf(world.people);
  const questions: [Kind, Map<string, string>, (model: AccessModel) => string[]][] = [
    ['group', groups, ({ groups }) => groups.names.filter(groups.isThere)],
    ['inside', groups, ({ groups }) => groups.names.filter((one) => groups.isIn(viewer, one))],
    ['card', people, (model) => world.names.filter((one) => model.seesCard(viewer, one))],
    ['profile', people, (model) => world.names.filter((one) => model.seesProfile(viewer, one))],
    [
      'post',
      new Map([...idsOf(world.posts), ...series]),
      (model) => [
        ...model.posts.filter((post) => model.seesPost(viewer, post)).map(({ name }) => name),
        ...model.events.namesFor(viewer),
      ],
    ],
    ['event', idsOf(world.events), ({ events }) => events.namesFor(viewer)],
    ['comment', commentsIn(world), (model) => commentsSeenBy(model, viewer)],
    ['media', filesIn(world), (model) => filesSeenBy(world, model, viewer)],
  ];
  return questions.map(([kind, ids, expect]) => byIds(world, viewer, kind, () => ids, expect));
}

/** The rule itself about everyone who is on the way into a group: invitations to this viewer, requests to them. */
function aboutTheWayIn(world: AccessWorld, viewer: string): Question[] {
  const ids = [...world.groups.values()].map(({ id }) => id);
  const me = sql`${world.person(viewer).id}`;
  const waiting = {
    groupId: sql`w.group_id`,
    userId: sql`w.user_id`,
    inviterId: sql`w.inviter_id`,
  };
  const question = (
    path: string,
    table: ReturnType<typeof sql>,
    rule: Rule,
    sees: (model: AccessModel, who: string, group: string) => boolean,
  ): Question => ({
    viewer,
    about: EVERYTHING,
    path,
    expect: () =>
      world.model.isActive(viewer)
        ? world.names
            .flatMap((who) =>
              world.model.groups.names
                .filter((group) => sees(world.model, who, group))
                .map((group) => `${who} → ${group}`),
            )
            .sort()
        : undefined,
    ask: async () => {
      const rows = await world.app.get(Database).many<{ groupId: string; userId: string }>(sql`
        SELECT w.group_id AS "groupId", w.user_id AS "userId" FROM ${table} w
        WHERE w.group_id IN (${join(ids)}) AND w.status = 'waiting' AND ${rule}`);
      return rows
        .map(({ groupId, userId }) => {
          const [who] = world.namesOf('people', [{ id: userId }]);
          const [group] = world.namesOf('groups', [{ id: groupId }]);
          return `${who} → ${group}`;
        })
        .sort();
    },
  });
  return [
    question(
      'each invitation',
      sql`group_invitations`,
      canSeeInvitation(me, waiting),
      ({ groups }, who, group) => who === viewer && groups.inviterOf(who, group) !== null,
    ),
    question(
      'each request',
      sql`group_requests`,
      canSeeRequest(me, waiting),
      (model, who, group) =>
        model.groups.leads(viewer, group) &&
        model.groups.isAsking(who, group) &&
        model.seesCard(viewer, who),
    ),
  ];
}

/** The rule the other way round: who of these may see it, as notifications and pushes ask. */
const aboutAudience = (world: AccessWorld, name: string): Question[] => [
  aboutWho(world, name, 'post', world.post(name).id, (model, one) =>
    model.seesPost(one, model.post(name)),
  ),
  aboutWho(world, name, 'comment', world.post(name).reply.id, (model, one) =>
    model.seesReply(one, model.post(name)),
  ),
];

function aboutEventAudience(world: AccessWorld, name: string): Question[] {
  const { id, seriesId, reply } = world.event(name);
  const sees = ({ events }: AccessModel, one: string) => events.sees(one, events.named(name));
  return [
    aboutWho(world, name, 'event', id, sees),
    aboutWho(world, name, 'post', seriesId, sees),
    aboutWho(world, name, 'comment', reply.id, ({ events }, one) =>
      events.seesReply(one, events.named(name)),
    ),
  ];
}

/** Who sees a group, who is in it, and who sees each of those who are, or were. */
function aboutMembers(world: AccessWorld, name: string): Question[] {
  const { id } = world.group(name);
  return [
    aboutWho(
      world,
      name,
      'group',
      id,
      ({ isActive, groups }, one) => isActive(one) && groups.isThere(name),
    ),
    aboutWho(
      world,
      name,
      'inside',
      id,
      ({ isActive, groups }, one) => isActive(one) && groups.isIn(one, name),
    ),
    {
      viewer: 'everyone',
      about: name,
      path: 'each membership by its audience',
      expect: () => {
        const { model } = world;
        const { groups, isActive } = model;
        return groups.timesIn(name).map(({ who, endedBy }) => ({
          who,
          isOver: endedBy !== null,
          seenBy: world.names.filter(
            (one) =>
              endedBy === null &&
              isActive(one) &&
              groups.isIn(one, name) &&
              model.seesCard(one, who),
          ),
        }));
      },
      ask: async () =>
        Promise.all(
          (await world.membershipsOf(name)).map(async ({ id, who, isOver }) => ({
            who,
            isOver,
            seenBy: await audienceOf(world, 'membership', id),
          })),
        ),
    },
  ];
}
