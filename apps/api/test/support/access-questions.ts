import { pairName, roomName } from './access-chat-model.js';
import {
  CHAT_ATTEMPTS,
  CHAT_PATHS,
  CHAT_WITH_PERSON,
  OWN_CHAT_PATHS,
  ROOM_OF_GROUP,
} from './access-chat-paths.js';
import {
  EVENT_ATTEMPTS,
  EVENT_PATHS,
  GROUP_EVENTS,
  OWN_EVENT_PATHS,
} from './access-event-paths.js';
import { GROUP_ATTEMPTS, GROUP_PATHS, OWN_GROUP_PATHS } from './access-group-paths.js';
import { OWN_NOTIFICATION_PATHS } from './access-notification-paths.js';
import { OWN_DISCOVERY_PATHS } from './access-discovery-paths.js';
import { OWN_ARCHIVE } from './access-archive.js';
import { OWN_PATHS, PERSON_PATHS } from './access-person-paths.js';
import { POST_ACTS, POST_LISTS, POST_PATHS } from './access-post-paths.js';
import { ANONYMOUS, CREDENTIALS, type AccessWorld, type Credential } from './access-world.js';
import { HIDDEN, type Page } from './asker.js';

/** Who has never logged in is told to, whatever they ask for. */
const LOG_IN = 401;

/** What one viewer is told on one path about a person, a post, or a list. */
export interface Cell {
  viewer: string;
  about: string;
  path: string;
  /** How the viewer has proven who they are, if a request was sent */
  by?: Credential;
  actual: unknown;
  expected: unknown;
}

/** What can be asked again after every step. */
export interface Question extends Pick<Cell, 'viewer' | 'about' | 'path'> {
  /** Of the model as it is now; undefined while it must not be asked, as what it tries would succeed */
  expect(): unknown;
  ask(by: Credential): Promise<unknown>;
}

export const THEIR_OWN = 'what is their own';

/** Who asks, and about whom and what on every path; the viewers' own lists are always asked for. */
export interface Scope {
  viewers: string[];
  people: string[];
  posts: string[];
  groups: string[];
  events: string[];
  conversations: string[];
}

export const NOTHING: Scope = {
  viewers: [],
  people: [],
  posts: [],
  groups: [],
  events: [],
  conversations: [],
};

export const everything = (world: AccessWorld): Scope => ({
  viewers: [...world.names, ANONYMOUS],
  people: world.names,
  posts: [...world.posts.keys()],
  groups: [...world.groups.keys()],
  events: [...world.events.keys()],
  conversations: conversationsIn(world),
});

/** Those that are there, those that may come to be, and rooms. */
const conversationsIn = (world: AccessWorld): string[] =>
  world.conversations.ids.size
    ? [
        ...world.names.flatMap((one, at) =>
          world.names.slice(at + 1).map((other) => pairName(one, other)),
        ),
        ...[...world.groups.keys()].map(roomName),
      ]
    : [];

/** Every path within the scope. */
export const questionsAbout = (
  world: AccessWorld,
  { viewers, people, posts, groups, events, conversations }: Scope,
): Question[] =>
  viewers.flatMap((viewer) => [
    ...aboutTheirOwn(world, viewer),
    ...aboutLists(world, viewer),
    ...people.flatMap((person) => aboutPerson(world, viewer, person)),
    ...posts.flatMap((post) => aboutPost(world, viewer, post)),
    ...groups.flatMap((group) => aboutGroup(world, viewer, group)),
    ...events.flatMap((event) => aboutEvent(world, viewer, event)),
    ...conversations.flatMap((name) => aboutConversation(world, viewer, name)),
  ]);

let turn = 0;

/** A token sees what its owner's session sees: half of the questions are asked with one, other ones each time. */
export async function answersTo(questions: Question[]): Promise<Cell[]> {
  turn++;
  const cells = questions.map(async ({ viewer, about, path, expect, ask }, at) => {
    const expected = expect();
    if (expected === undefined) return [];
    const by = CREDENTIALS[(at + turn) % CREDENTIALS.length]!;
    const said = ask.length ? { by } : {};
    return [{ viewer, about, path, ...said, expected, actual: await ask(by) }];
  });
  return (await Promise.all(cells)).flat();
}

const isLoggedIn = ({ model }: AccessWorld, viewer: string): boolean =>
  viewer !== ANONYMOUS && model.isActive(viewer);

const expecting = (world: AccessWorld, viewer: string, expect: () => unknown) => () =>
  isLoggedIn(world, viewer) ? expect() : LOG_IN;

const OWN = [
  ...OWN_PATHS,
  ...OWN_GROUP_PATHS,
  ...OWN_EVENT_PATHS,
  ...OWN_CHAT_PATHS,
  ...OWN_NOTIFICATION_PATHS,
  ...OWN_DISCOVERY_PATHS,
  OWN_ARCHIVE,
];

function aboutPost(world: AccessWorld, viewer: string, about: string): Question[] {
  const written = world.post(about);
  const now = () => [world.model, viewer, world.model.post(about)] as const;
  const paths = POST_PATHS.filter(({ appliesTo }) => !appliesTo || appliesTo(written)).map(
    ({ name: path, ask, expect }): Question => ({
      viewer,
      about,
      path,
      expect: expecting(world, viewer, () => expect(...now())),
      ask: (by) => ask(world.asker(viewer, by), written, world),
    }),
  );
  const acts = POST_ACTS.map(({ name: path, isOpen, act }): Question => ({
    viewer,
    about,
    path,
    expect: expecting(world, viewer, () => (isOpen(...now()) ? undefined : HIDDEN)),
    ask: async (by) => (await act(world.asker(viewer, by), written)).status,
  }));
  return [...paths, ...acts];
}

const aboutPerson = (world: AccessWorld, viewer: string, about: string): Question[] =>
  [...PERSON_PATHS, CHAT_WITH_PERSON].map(({ name: path, isOwn, ask, expect }) => ({
    viewer,
    about,
    path,
    expect: () =>
      isOwn && !isLoggedIn(world, viewer)
        ? undefined
        : expecting(world, viewer, () => expect(world.model, viewer, about))(),
    ask: (by) => ask(world.asker(viewer, by), about, world, viewer),
  }));

function aboutGroup(world: AccessWorld, viewer: string, about: string): Question[] {
  const written = world.group(about);
  const paths = [...GROUP_PATHS, GROUP_EVENTS, ROOM_OF_GROUP].map(
    ({ name: path, ask, expect }): Question => ({
      viewer,
      about,
      path,
      expect: expecting(world, viewer, () => expect(world.model, viewer, about)),
      ask: (by) => ask(world.asker(viewer, by), written, world, viewer),
    }),
  );
  const attempts = GROUP_ATTEMPTS.map(({ name: path, refusal, attempt }): Question => ({
    viewer,
    about,
    path,
    expect: expecting(world, viewer, () => refusal(world.model, viewer, about) ?? undefined),
    ask: async (by) => (await attempt(world.asker(viewer, by), written, world)).status,
  }));
  return [...paths, ...attempts];
}

function aboutEvent(world: AccessWorld, viewer: string, about: string): Question[] {
  const written = world.event(about);
  const now = () => [world.model, viewer, world.model.events.named(about)] as const;
  const paths = EVENT_PATHS.map(({ name: path, ask, expect }): Question => ({
    viewer,
    about,
    path,
    expect: expecting(world, viewer, () => expect(...now())),
    ask: (by) => ask(world.asker(viewer, by), written, world),
  }));
  const attempts = EVENT_ATTEMPTS.map(({ name: path, refusal, attempt }): Question => ({
    viewer,
    about,
    path,
    expect: expecting(world, viewer, () => refusal(...now()) ?? undefined),
    ask: async (by) => (await attempt(world.asker(viewer, by), written)).status,
  }));
  return [...paths, ...attempts];
}

function aboutConversation(world: AccessWorld, viewer: string, about: string): Question[] {
  const id = () => world.conversations.idOf(about);
  const paths = CHAT_PATHS.map(({ name: path, ask, expect }): Question => ({
    viewer,
    about,
    path,
    expect: expecting(world, viewer, () =>
      world.model.chat.sees(viewer, about) ? expect(world.model, viewer, about) : HIDDEN,
    ),
    ask: (by) => ask(world.asker(viewer, by), id(), world, about),
  }));
  const attempts = CHAT_ATTEMPTS.map(({ name: path, refusal, attempt }): Question => ({
    viewer,
    about,
    path,
    expect: expecting(world, viewer, () => refusal(world.model, viewer, about) ?? undefined),
    ask: async (by) => (await attempt(world.asker(viewer, by), id(), world, about)).status,
  }));
  return [...paths, ...attempts];
}

const aboutTheirOwn = (world: AccessWorld, viewer: string): Question[] =>
  OWN.map(({ name: path, ask, expect }) => ({
    viewer,
    about: THEIR_OWN,
    path,
    expect: expecting(world, viewer, () => expect(world.model, viewer)),
    ask: (by) => ask(world.asker(viewer, by), world, viewer),
  }));

function aboutLists(world: AccessWorld, viewer: string): Question[] {
  const authors = [...new Set(world.model.posts.map(({ author }) => author))];
  return POST_LISTS.flatMap((list) =>
    (list.isPerAuthor ? authors : [authors[0]!]).map((author): Question => ({
      viewer,
      about: list.isPerAuthor ? author : 'posts',
      path: list.name,
      expect: expecting(world, viewer, () => {
        const { model } = world;
        if (list.isOpen && !list.isOpen(model, viewer, author)) return HIDDEN;
        const posts = model.posts.filter((post) => list.shows(model, viewer, post, author));
        const events = list.hasEvents
          ? model.events.all.filter((event) => model.events.isInFeed(viewer, event))
          : [];
        return [...posts, ...events].map(({ name }) => name);
      }),
      ask: async (by) => {
        const { status, body } = await world
          .asker(viewer, by)
          .get(list.path(world.person(author).id));
        if (status !== 200) return status;
        const { items } = body as Page;
        return [...world.namesOf('posts', items), ...world.eventsOf(items)];
      },
    })),
  );
}
