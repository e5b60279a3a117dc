import { Access, type Kind } from '../../src/access/access.service.js';
import { canSeeInvitation, canSeeRequest } from '../../src/access/group.access.js';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql, type Rule } from '../../src/platform/database/statements.js';
import {
  EVENT_ATTEMPTS,
  EVENT_PATHS,
  GROUP_EVENTS,
  OWN_EVENT_PATHS,
} from './access-event-paths.js';
import { GROUP_ATTEMPTS, GROUP_PATHS, OWN_GROUP_PATHS } from './access-group-paths.js';
import type { ModelEvent } from './access-event-model.js';
import type { ModelPost } from './access-model.js';
import { OWN_PATHS, PERSON_PATHS } from './access-person-paths.js';
import { POST_ACTS, POST_LISTS, POST_PATHS, ABSENT } from './access-post-paths.js';
import { ANONYMOUS, type AccessWorld, type WrittenEvent } from './access-world.js';
import { HIDDEN, type Page } from './asker.js';
import type { Step } from './access-steps.js';

/** Who has never logged in is told to, whatever they ask for. */
const LOG_IN = 401;

/** What one viewer is told on one path about a person, a post, or a list. */
export interface Cell {
  viewer: string;
  about: string;
  path: string;
  actual: unknown;
  expected: unknown;
}

/** Who asks, and about whom and what on every path; the viewers' own lists are always asked for. */
export interface Scope {
  viewers: string[];
  people: string[];
  posts: string[];
  groups: string[];
  events: string[];
}

export const NOTHING: Scope = { viewers: [], people: [], posts: [], groups: [], events: [] };

export const everything = (world: AccessWorld): Scope => ({
  viewers: [...world.names, ANONYMOUS],
  people: world.names,
  posts: [...world.posts.keys()],
  groups: [...world.groups.keys()],
  events: [...world.events.keys()],
});

/** Asks every path within the scope, and the rule itself about everything. */
export async function ask(world: AccessWorld, scope: Scope): Promise<Cell[]> {
  const cells = await Promise.all([
    ...world.names
      .filter((viewer) => world.model.isActive(viewer))
      .flatMap((viewer) => [askByIds(world, viewer), askOnTheWay(world, viewer)]),
    ...scope.posts.map((post) => askForAudience(world, post)),
    ...scope.groups.map((group) => askForMembers(world, group)),
    ...scope.events.map((event) => askForEventAudience(world, event)),
    ...scope.viewers.flatMap((viewer) => [
      askOwn(world, viewer),
      askLists(world, viewer),
      ...scope.people.map((person) => askPerson(world, viewer, person)),
      ...scope.posts.map((post) => askPost(world, viewer, post)),
      ...scope.groups.map((group) => askGroup(world, viewer, group)),
      ...scope.events.map((event) => askEvent(world, viewer, event)),
    ]),
  ]);
  return cells.flat();
}

export const isWrong = ({ actual, expected }: Cell): boolean =>
  JSON.stringify(actual) !== JSON.stringify(expected);

/** What is not as the model expects, each in a sentence. */
export const mismatchesIn = (world: AccessWorld, cells: Cell[]): string[] =>
  cells.filter(isWrong).map(({ viewer, about, path, actual, expected }) => {
    const post = world.model.posts.find(({ name }) => name === about);
    const now = post ? ` (now ${post.isDeleted ? 'deleted' : audienceOf(post)})` : '';
    return `${viewer} → ${about}${now}, ${path}: is ${JSON.stringify(actual)}, ought to be ${JSON.stringify(expected)}`;
  });

const audienceOf = ({ audience, chosen }: ModelPost) =>
  audience === 'chosen' ? `for ${[...chosen].join(', ') || 'nobody'}` : audience;

/** Whom and what a step concerns most, and a few others in turn. */
export function concernedBy(world: AccessWorld, step: Step, turn: number): Scope {
  const { names } = world;
  const inTurn = names[turn % names.length]!;
  const posts = [...world.posts.keys()];
  if ('post' in step) {
    const { author } = world.post(step.post);
    return { ...NOTHING, viewers: [...new Set([author, inTurn])], posts: [step.post] };
  }
  const groups = [...world.groups.keys()];
  const events = [...world.events.keys()];
  const concerned = [...('by' in step ? [step.by] : []), ...('of' in step ? [step.of] : [])];
  const people = concerned.length ? concerned : [inTurn];
  const viewers = people.length > 1 ? people : [...new Set([...people, inTurn])];
  if ('group' in step) {
    const inside = posts.filter((name) => world.model.post(name).group === step.group);
    return {
      ...{ viewers, people: [], posts: [inside[turn % inside.length]!], groups: [step.group] },
      events,
    };
  }
  // Half of the time what they see of each other, half of the time one post.
  return turn % 2
    ? { ...NOTHING, viewers, people }
    : { ...NOTHING, viewers, posts: [posts[turn % posts.length]!], groups, events };
}

const isLoggedIn = ({ model }: AccessWorld, viewer: string): boolean =>
  viewer !== ANONYMOUS && model.isActive(viewer);

const expectedOf = (world: AccessWorld, viewer: string, expect: () => unknown): unknown =>
  isLoggedIn(world, viewer) ? expect() : LOG_IN;

async function askPost(world: AccessWorld, viewer: string, name: string): Promise<Cell[]> {
  const { model } = world;
  const [asker, written, post] = [world.asker(viewer), world.post(name), model.post(name)];
  const paths = POST_PATHS.filter(({ appliesTo }) => !appliesTo || appliesTo(written)).map(
    async ({ name: path, ask, expect }): Promise<Cell> => {
      const expected = expectedOf(world, viewer, () => expect(model, viewer, post));
      return { viewer, about: name, path, actual: await ask(asker, written, world), expected };
    },
  );
  const acts = POST_ACTS.filter(
    ({ isOpen }) => !isLoggedIn(world, viewer) || !isOpen(model, viewer, post),
  ).map(async ({ name: path, act }): Promise<Cell> => {
    const expected = expectedOf(world, viewer, () => HIDDEN);
    return { viewer, about: name, path, actual: (await act(asker, written)).status, expected };
  });
  return Promise.all([...paths, ...acts]);
}

async function askPerson(world: AccessWorld, viewer: string, person: string): Promise<Cell[]> {
  const paths = PERSON_PATHS.filter(({ isOwn }) => !isOwn || isLoggedIn(world, viewer));
  return Promise.all(
    paths.map(async ({ name: path, ask, expect }) => ({
      viewer,
      about: person,
      path,
      actual: await ask(world.asker(viewer), person, world, viewer),
      expected: expectedOf(world, viewer, () => expect(world.model, viewer, person)),
    })),
  );
}

async function askGroup(world: AccessWorld, viewer: string, name: string): Promise<Cell[]> {
  const { model } = world;
  const [asker, written] = [world.asker(viewer), world.group(name)];
  const paths = [...GROUP_PATHS, GROUP_EVENTS].map(
    async ({ name: path, ask, expect }): Promise<Cell> => {
      const expected = expectedOf(world, viewer, () => expect(model, viewer, name));
      return {
        viewer,
        about: name,
        path,
        actual: await ask(asker, written, world, viewer),
        expected,
      };
    },
  );
  const attempts = GROUP_ATTEMPTS.map(async ({ name: path, refusal, attempt }): Promise<Cell[]> => {
    const expected = expectedOf(world, viewer, () => refusal(model, viewer, name));
    if (expected === null) return [];
    const actual = (await attempt(asker, written, world)).status;
    return [{ viewer, about: name, path, actual, expected }];
  });
  return [...(await Promise.all(paths)), ...(await Promise.all(attempts)).flat()];
}

async function askEvent(world: AccessWorld, viewer: string, name: string): Promise<Cell[]> {
  const { model } = world;
  const [asker, written, event] = [
    world.asker(viewer),
    world.event(name),
    model.events.named(name),
  ];
  const cells = EVENT_PATHS.map(async ({ name: path, ask, expect }): Promise<Cell[]> => {
    const expected = expectedOf(world, viewer, () => expect(model, viewer, event));
    return [{ viewer, about: name, path, actual: await ask(asker, written, world), expected }];
  });
  const attempts = EVENT_ATTEMPTS.map(async ({ name: path, refusal, attempt }): Promise<Cell[]> => {
    const expected = expectedOf(world, viewer, () => refusal(model, viewer, event));
    if (expected === null) return [];
    const actual = (await attempt(asker, written)).status;
    return [{ viewer, about: name, path, actual, expected }];
  });
  return (await Promise.all([...cells, ...attempts])).flat();
}

async function askOwn(world: AccessWorld, viewer: string): Promise<Cell[]> {
  return Promise.all(
    [...OWN_PATHS, ...OWN_GROUP_PATHS, ...OWN_EVENT_PATHS].map(
      async ({ name: path, ask, expect }) => ({
        viewer,
        about: 'what is their own',
        path,
        actual: await ask(world.asker(viewer), world, viewer),
        expected: expectedOf(world, viewer, () => expect(world.model, viewer)),
      }),
    ),
  );
}

async function askLists(world: AccessWorld, viewer: string): Promise<Cell[]> {
  const { model } = world;
  const posts = (items: { id: string }[]) => [
    ...world.namesOf('posts', items),
    ...world.eventsOf(items),
  ];
  const authors = [...new Set(model.posts.map(({ author }) => author))];
  const asked = POST_LISTS.flatMap((list) =>
    (list.isPerAuthor ? authors : [authors[0]!]).map(async (author): Promise<Cell> => {
      const { status, body } = await world.asker(viewer).get(list.path(world.person(author).id));
      const shown = () =>
        list.isOpen && !list.isOpen(model, viewer, author)
          ? HIDDEN
          : [
              ...model.posts.filter((post) => list.shows(model, viewer, post, author)),
              ...model.events.all.filter(
                (event) => list.hasEvents && model.events.isInFeed(viewer, event),
              ),
            ].map(({ name }) => name);
      return {
        viewer,
        about: list.isPerAuthor ? author : 'posts',
        path: list.name,
        actual: status === 200 ? posts((body as Page).items) : status,
        expected: expectedOf(world, viewer, shown),
      };
    }),
  );
  return Promise.all(asked);
}

/** The rule as those ask it who hold ids: which of these may this viewer see. */
async function askByIds(world: AccessWorld, viewer: string): Promise<Cell[]> {
  const { model } = world;
  const access = world.app.get(Access);
  const viewerId = world.person(viewer).id;
  const people = new Map(world.names.map((name) => [name, world.person(name).id]));
  const posts = [...world.posts];
  const named = (part: string, id: (post: (typeof posts)[number][1]) => string | undefined) =>
    posts.flatMap(([name, post]) => {
      const found = id(post);
      return found ? [[`${name}${part}`, found] as const] : [];
    });
  const ofEvents = (part: string, id: (event: WrittenEvent) => string) =>
    [...world.events].map(([name, event]) => [`${name}${part}`, id(event)] as const);
  const comments = new Map([
    ...named(' comment', ({ comment }) => comment.id),
    ...named(' reply', ({ reply }) => reply.id),
    ...named(' second comment', ({ also }) => also[0]?.id),
    ...named(' second reply', ({ also }) => also[1]?.id),
    ...named(' deleted comment', ({ deleted }) => deleted[0]?.id),
    ...named(' deleted reply', ({ deleted }) => deleted[1]?.id),
    ...ofEvents(' comment', ({ comment }) => comment.id),
    ...ofEvents(' reply', ({ reply }) => reply.id),
  ]);
  const groups = new Map([...world.groups].map(([name, { id }]) => [name, id]));
  const banners = [...world.groups].map(([name, { banner }]) => [name, banner.id] as const);
  const idIn = (path: string) => path.split('/').at(-2)!;
  const media = new Map([
    ...world.names.map((name) => [`${name}'s avatar`, idIn(world.person(name).avatar)] as const),
    ...world.names.map((name) => [`${name}'s banner`, idIn(world.person(name).banner)] as const),
    ...world.names.map((name) => [`${name}'s upload`, world.person(name).upload] as const),
    ...named('', (post) => post.media[0]?.id),
    ...named(' comment', ({ comment }) => comment.media!.id),
    ...named(' reply', ({ reply }) => reply.media!.id),
    ...ofEvents(' comment', ({ comment }) => comment.media!.id),
    ...ofEvents(' reply', ({ reply }) => reply.media!.id),
    ...banners,
  ]);
  const seen = (suffix: string, sees: (post: ModelPost) => boolean) =>
    model.posts.filter(sees).map(({ name }) => `${name}${suffix}`);
  const seesPost = (post: ModelPost) => model.seesPost(viewer, post);
  const seenComments = [
    ...seen(' comment', (post) => model.seesComment(viewer, post)),
    ...seen(' reply', (post) => model.seesReply(viewer, post)),
  ];
  const seenAlso = [
    ...seen(' second comment', (post) => model.seesAlso(viewer, post)),
    ...seen(' second reply', (post) => model.replies(viewer, post)[1]!),
  ];
  const { events } = model;
  const eventsSeen = (suffix: string, sees: (event: ModelEvent) => boolean) =>
    events.all.filter(sees).map(({ name }) => `${name}${suffix}`);
  const seenTalk = [
    ...eventsSeen(' comment', (event) => events.seesComment(viewer, event)),
    ...eventsSeen(' reply', (event) => events.seesReply(viewer, event)),
  ];
  const { isThere, isIn } = model.groups;
  const questions = [
    ['group', groups, model.groups.names.filter(isThere)],
    ['inside', groups, model.groups.names.filter((one) => isIn(viewer, one))],
    ['card', people, world.names.filter((one) => model.seesCard(viewer, one))],
    ['profile', people, world.names.filter((one) => model.seesProfile(viewer, one))],
    [
      'post',
      new Map([
        ...posts.map(([name, { id }]) => [name, id] as const),
        ...ofEvents('', ({ seriesId }) => seriesId),
      ]),
      [...seen('', seesPost), ...events.namesFor(viewer)],
    ],
    ['event', new Map(ofEvents('', ({ id }) => id)), events.namesFor(viewer)],
    ['comment', comments, [...seenComments, ...seenAlso, ...seenTalk]],
    [
      'media',
      media,
      [
        ...world.names.filter((one) => model.seesCard(viewer, one)).map((one) => `${one}'s avatar`),
        ...world.names
          .filter((one) => model.seesProfile(viewer, one))
          .map((one) => `${one}'s banner`),
        `${viewer}'s upload`,
        ...seen('', (post) => post.shared === null && model.seesPicture(viewer, post)),
        ...seenComments,
        ...seenTalk,
        ...model.groups.names.filter(isThere),
      ],
    ],
  ] as const;
  return Promise.all(
    questions.map(async ([kind, ids, expected]) => {
      const [leftOut, ...asked] = [...ids.values()];
      if (!leftOut) return { viewer, about: 'everything', path: kind, actual: [], expected };
      const visible = await access.visible(viewerId, kind, [...asked, ABSENT]);
      const isTold = visible.has(leftOut);
      if (await access.canSee(viewerId, kind, leftOut)) visible.add(leftOut);
      const actual = [...ids].filter(([, id]) => visible.delete(id)).map(([name]) => name);
      if (visible.size || isTold) actual.push('something that was not asked for');
      return { viewer, about: 'everything', path: `${kind} by ids`, actual, expected };
    }),
  );
}

/** The rule itself about everyone who is on the way into a group: invitations to this viewer, requests to them. */
async function askOnTheWay(world: AccessWorld, viewer: string): Promise<Cell[]> {
  const { model } = world;
  const { groups } = model;
  const ids = [...world.groups.values()].map(({ id }) => id);
  if (!ids.length) return [];
  const me = sql`${world.person(viewer).id}`;
  const waiting = {
    groupId: sql`w.group_id`,
    userId: sql`w.user_id`,
    inviterId: sql`w.inviter_id`,
  };
  const questions: [
    string,
    ReturnType<typeof sql>,
    Rule,
    (who: string, group: string) => boolean,
  ][] = [
    [
      'invitation',
      sql`group_invitations`,
      canSeeInvitation(me, waiting),
      (who, group) => who === viewer && groups.inviterOf(who, group) !== null,
    ],
    [
      'request',
      sql`group_requests`,
      canSeeRequest(me, waiting),
      (who, group) =>
        groups.leads(viewer, group) && groups.isAsking(who, group) && model.seesCard(viewer, who),
    ],
  ];
  return Promise.all(
    questions.map(async ([kind, table, rule, sees]): Promise<Cell> => {
      const rows = await world.app.get(Database).many<{ groupId: string; userId: string }>(sql`
        SELECT w.group_id AS "groupId", w.user_id AS "userId" FROM ${table} w
        WHERE w.group_id IN (${join(ids)}) AND w.status = 'waiting' AND ${rule}`);
      const actual = rows.map(({ groupId, userId }) => {
        const [who] = world.namesOf('people', [{ id: userId }]);
        const [group] = world.namesOf('groups', [{ id: groupId }]);
        return `${who} → ${group}`;
      });
      const expected = world.names.flatMap((who) =>
        groups.names.filter((group) => sees(who, group)).map((group) => `${who} → ${group}`),
      );
      const path = `each ${kind}`;
      return {
        viewer,
        about: 'everything',
        path,
        actual: actual.sort(),
        expected: expected.sort(),
      };
    }),
  );
}

/** The rule the other way round: who of these may see it, as notifications will ask. */
async function askForAudience(world: AccessWorld, name: string): Promise<Cell[]> {
  const { model } = world;
  const [written, post] = [world.post(name), model.post(name)];
  return Promise.all([
    askWho(world, name, 'post', written.id, (one) => model.seesPost(one, post)),
    askWho(world, name, 'comment', written.reply.id, (one) => model.seesReply(one, post)),
  ]);
}

async function askForEventAudience(world: AccessWorld, name: string): Promise<Cell[]> {
  const { events } = world.model;
  const [{ id, seriesId, reply }, event] = [world.event(name), events.named(name)];
  return Promise.all([
    askWho(world, name, 'event', id, (one) => events.sees(one, event)),
    askWho(world, name, 'post', seriesId, (one) => events.sees(one, event)),
    askWho(world, name, 'comment', reply.id, (one) => events.seesReply(one, event)),
  ]);
}

/** Who sees a group, who is in it, and who sees each of those who are, or were. */
async function askForMembers(world: AccessWorld, name: string): Promise<Cell[]> {
  const { model } = world;
  const { groups, isActive } = model;
  const { id } = world.group(name);
  const times = await world.membershipsOf(name);
  return Promise.all([
    askWho(world, name, 'group', id, (one) => isActive(one) && groups.isThere(name)),
    askWho(world, name, 'inside', id, (one) => isActive(one) && groups.isIn(one, name)),
    ...times.map(({ id, who, isOver }) =>
      askWho(
        world,
        `${who}${isOver ? ', once' : ''} in ${name}`,
        'membership',
        id,
        (one) => !isOver && isActive(one) && groups.isIn(one, name) && model.seesCard(one, who),
      ),
    ),
  ]);
}

async function askWho(
  world: AccessWorld,
  about: string,
  kind: Kind,
  id: string,
  sees: (person: string) => boolean,
): Promise<Cell> {
  const access = world.app.get(Access);
  const [leftOut, ...asked] = world.names.map((one) => world.person(one).id);
  const audience = await access.audience(kind, id, asked);
  const isTold = audience.has(leftOut!);
  // Whoever is not active has no session with which to ask what they may see.
  const isThere = world.model.isActive(world.names[0]!);
  if (isThere && (await access.canSee(leftOut!, kind, id))) audience.add(leftOut!);
  const actual = world.names.filter((one) => audience.has(world.person(one).id));
  if (isTold) actual.push('somebody who was not asked about');
  const path = `${kind} by its audience`;
  return { viewer: 'everyone', about, path, actual, expected: world.names.filter(sees) };
}
