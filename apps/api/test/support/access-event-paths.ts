import type { Event, EventAnswer } from '@echomate/contracts/events.dto';
import type { Comment, Post } from '@echomate/contracts/posts.dto';
import type { ModelEvent } from './access-event-model.js';
import type { GroupPath } from './access-group-paths.js';
import type { AccessModel } from './access-model.js';
import type { OwnPath } from './access-person-paths.js';
import { ABSENT } from './access-post-paths.js';
import type { AccessWorld, WrittenEvent } from './access-world.js';
import { ANONYMOUS } from './access-world.js';
import { inDays } from './events.js';
import { HIDDEN, told, type Answer, type Asker, type Page } from './asker.js';

/** Every way that leads to an event, to answers and to talk about it: how to ask, and what the model expects. */

const NOT_ALLOWED = 403;

export interface EventPath {
  name: string;
  ask(asker: Asker, event: WrittenEvent, world: AccessWorld): Promise<unknown>;
  expect(model: AccessModel, viewer: string, event: ModelEvent): unknown;
}

const seen =
  (expect: EventPath['expect']): EventPath['expect'] =>
  (model, viewer, event) =>
    model.events.sees(viewer, event) ? expect(model, viewer, event) : HIDDEN;

const nameOf = (world: AccessWorld, person: { id: string } | null): string | null =>
  (person && world.namesOf('people', [person])[0]) ?? null;

const shown = (event: Event, world: AccessWorld) => ({
  title: event.title,
  maker: nameOf(world, event.creator),
  counts: event.options.map(({ answerCount }) => answerCount),
  hasAnswered: event.response !== null,
  mayEdit: event.mayEdit,
  mayDelete: event.mayDelete,
});

const expectShown = ({ events }: AccessModel, viewer: string, event: ModelEvent) => ({
  title: event.name,
  maker: events.makerFor(viewer, event),
  counts: [events.counted(viewer, event).length, 0],
  hasAnswered: event.answers.has(viewer),
  mayEdit: events.mayChange(viewer, event),
  mayDelete: events.mayChange(viewer, event) && event.answers.size === 0,
});

/** What a hidden event answers, but for the request's own id, is what an absent one answers. */
const asAbsent = async (asker: Asker, { status, body }: Answer): Promise<unknown> => {
  if (status !== HIDDEN) return status;
  const absent = await asker.get(`events/${ABSENT}`);
  const [one, other] = [body, absent.body].map((answer) =>
    JSON.stringify({ ...(answer as object), requestId: '' }),
  );
  return one === other ? HIDDEN : `${one} and not ${other}`;
};

export const EVENT_PATHS: EventPath[] = [
  {
    name: 'event',
    ask: async (asker, { id }, world) => {
      const answer = await asker.get(`events/${id}`);
      return answer.status === 200 ? shown(answer.body as Event, world) : asAbsent(asker, answer);
    },
    expect: seen(expectShown),
  },
  {
    name: 'answers',
    ask: async (asker, { id }, world) =>
      told(await asker.get(`events/${id}/responses`), ({ items }: Page<EventAnswer & { id: '' }>) =>
        items.map(({ user }) => nameOf(world, user)).sort(),
      ),
    expect: seen(({ events }, viewer, event) => events.answersFor(viewer, event).sort()),
  },
  {
    name: 'file',
    ask: async (asker, { id }) => {
      const { status, body } = await asker.get(`events/${id}.ics`);
      return status === 200 ? String(body).includes('BEGIN:VEVENT') : status;
    },
    expect: seen(() => true),
  },
  {
    name: 'its post',
    ask: async (asker, { seriesId }, world) =>
      told(
        await asker.get(`posts/${seriesId}`),
        ({ author, event, likeCount, commentCount }: Post) => ({
          author: nameOf(world, author),
          likeCount,
          commentCount,
          event: event && shown(event, world),
        }),
      ),
    expect: seen((model, viewer, event) => {
      const { events } = model;
      const comments = [events.seesComment(viewer, event), events.seesReply(viewer, event)];
      return {
        author: events.makerFor(viewer, event),
        likeCount: events.seesLike(viewer, event) ? 1 : 0,
        commentCount: comments.filter(Boolean).length,
        event: expectShown(model, viewer, event),
      };
    }),
  },
  {
    name: 'likes of it',
    ask: async (asker, { seriesId }, world) =>
      told(await asker.get(`posts/${seriesId}/likes`), ({ items }: Page) =>
        world.namesOf('people', items),
      ),
    expect: seen(({ events }, viewer, event) =>
      events.seesLike(viewer, event) ? [event.liker] : [],
    ),
  },
  {
    name: 'comments',
    ask: async (asker, { seriesId, comment }) =>
      told(await asker.get(`posts/${seriesId}/comments`), ({ items }: Page<Comment>) =>
        items.map((one) => [one.id === comment.id, one.replyCount, one.canDelete]),
      ),
    expect: seen(({ events }, viewer, event) => {
      if (!events.seesComment(viewer, event)) return [];
      const mayDelete = viewer === event.commenter || events.mayChange(viewer, event);
      return [[true, events.seesReply(viewer, event) ? 1 : 0, mayDelete]];
    }),
  },
  {
    name: 'replies',
    ask: async (asker, { comment, reply }) =>
      told(await asker.get(`comments/${comment.id}/replies`), ({ items }: Page<Comment>) =>
        items.map((one) => one.id === reply.id),
      ),
    expect: ({ events }, viewer, event) => {
      if (!events.seesComment(viewer, event)) return HIDDEN;
      return events.seesReply(viewer, event) ? [true] : [];
    },
  },
];

/** What members do, and of members some; others to no avail. */
export interface EventAttempt {
  name: string;
  /** The refusal, or null if it must not be tried as it would succeed */
  refusal(model: AccessModel, viewer: string, event: ModelEvent): number | null;
  attempt(asker: Asker, event: WrittenEvent): Promise<Answer>;
}

const forMembers: EventAttempt['refusal'] = ({ events }, viewer, event) =>
  events.sees(viewer, event) ? null : HIDDEN;
const forMakers: EventAttempt['refusal'] = ({ events }, viewer, event) => {
  if (!events.sees(viewer, event)) return HIDDEN;
  return events.mayChange(viewer, event) ? null : NOT_ALLOWED;
};

const send =
  (method: string, path: string, body?: (event: WrittenEvent) => object) =>
  (asker: Asker, event: WrittenEvent): Promise<Answer> =>
    asker.ask(
      method,
      path.replace('GROUP', event.groupId).replace('ID', event.id).replace('POST', event.seriesId),
      body?.(event),
    );

export const EVENT_ATTEMPTS: EventAttempt[] = [
  {
    name: 'to answer',
    refusal: forMembers,
    attempt: send('PUT', 'events/ID/response', ({ optionId }) => ({ optionId })),
  },
  {
    name: 'to take an answer back',
    refusal: forMembers,
    attempt: send('DELETE', 'events/ID/response'),
  },
  {
    name: 'to plan one',
    refusal: forMembers,
    attempt: send('POST', 'groups/GROUP/events', () => ({
      title: 'Mine',
      start: inDays(5),
      zone: 'UTC',
    })),
  },
  {
    name: 'to change it',
    refusal: forMakers,
    attempt: send('PATCH', 'events/ID', () => ({ title: 'Mine' })),
  },
  {
    name: 'to cancel it',
    refusal: forMakers,
    attempt: send('POST', 'events/ID/cancel', () => ({})),
  },
  { name: 'to delete it', refusal: forMakers, attempt: send('DELETE', 'events/ID') },
  { name: 'to like it', refusal: forMembers, attempt: send('PUT', 'posts/POST/like') },
  {
    name: 'to comment',
    refusal: forMembers,
    attempt: send('POST', 'posts/POST/comments', () => ({ content: 'Hm' })),
  },
  {
    name: 'to delete its post',
    refusal: (model, viewer, event) =>
      model.events.sees(viewer, event) && model.groups.leads(viewer, event.group)
        ? NOT_ALLOWED
        : HIDDEN,
    attempt: send('DELETE', 'posts/POST'),
  },
];

// ——— lists

export const GROUP_EVENTS: GroupPath = {
  name: "group's events",
  ask: async (asker, { id }, world) =>
    told(await asker.get(`groups/${id}/events`), ({ items }: Page) =>
      world.namesOf('events', items),
    ),
  expect: (model, viewer, group) =>
    model.groups.isIn(viewer, group)
      ? model.events.all.filter((event) => event.group === group).map(({ name }) => name)
      : HIDDEN,
};

export const OWN_EVENT_PATHS: OwnPath[] = [
  {
    name: 'own events',
    ask: async (asker, world) =>
      told(await asker.get('users/me/events'), ({ items }: Page) => world.namesOf('events', items)),
    expect: ({ events }, viewer) => events.namesFor(viewer),
  },
  {
    name: 'calendar at their secret address',
    // The address knows its owner, whoever asks.
    ask: async (asker, world, viewer) => {
      if (viewer === ANONYMOUS) return (await asker.get('users/me/calendar')).status;
      const { status, body } = await world.asker(ANONYMOUS).get(world.person(viewer).calendar);
      if (status !== 200) return world.model.isActive(viewer) ? status : 401;
      return [...world.events.keys()].filter((name) => String(body).includes(`SUMMARY:${name}`));
    },
    expect: ({ events }, viewer) => events.namesFor(viewer),
  },
];
