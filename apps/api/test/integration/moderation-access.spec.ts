import type { OwnDecision, ReportedKind } from '@echomate/contracts/moderation.dto';
import { v7 as uuid } from 'uuid';
import { groupOf, planned } from '../support/events.js';
import { caseOf, claim, makeRole, report, settle } from '../support/moderation.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { comment, write } from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
// The first account is the admin's.
beforeAll(() => place.newPerson('Founder'));

/** Whoever may have to do with a case. */
const VIEWERS = [
  'anonymous',
  'stranger',
  'fellow',
  'reporter',
  'concerned',
  'moderator',
  'moderator who reported',
  'moderator concerned',
  'admin',
] as const;
type Viewer = (typeof VIEWERS)[number];

const MODERATES = new Set<Viewer>(['moderator', 'admin']);
const IS_INVOLVED = new Set<Viewer>(['moderator who reported', 'moderator concerned']);
const IS_CONCERNED = new Set<Viewer>(['concerned', 'moderator concerned']);

const IS_SEEN_BY = {
  anyone: new Set<ReportedKind>(['person', 'group']),
  followers: new Set<ReportedKind>(['person', 'group', 'post', 'comment']),
};

/** What the rules say, whatever was reported. */
const readsCase = (viewer: Viewer) => {
  if (viewer === 'anonymous') return 401;
  if (MODERATES.has(viewer)) return 200;
  return IS_INVOLVED.has(viewer) ? 404 : 403;
};
const readsQueue = (viewer: Viewer) => {
  if (viewer === 'anonymous') return 401;
  return MODERATES.has(viewer) || IS_INVOLVED.has(viewer) ? 200 : 403;
};
const readsDecision = (viewer: Viewer, isDecided: boolean) => {
  if (viewer === 'anonymous') return 401;
  return isDecided && IS_CONCERNED.has(viewer) ? 200 : 404;
};

interface Thing {
  kind: ReportedKind;
  id: string;
  /** Found in the case alone */
  text: string;
  /** What moderators are shown beside it */
  context: string[];
}

/** A thing of each kind that is of the person concerned; the reporter and a fellow see it, strangers don't. */
const THINGS: Record<
  ReportedKind,
  (concerned: Person, reporter: Person, fellow: Person) => Promise<Thing>
> = {
  post: async (concerned) => {
    const text = 'A post for followers';
    return {
      kind: 'post',
      id: (await write(concerned, { content: text, audience: 'followers' })).id,
      text,
      context: [],
    };
  },
  comment: async (concerned, _, fellow) => {
    const post = await write(concerned, { content: 'What it is under', audience: 'followers' });
    const text = 'A comment for followers';
    const { id } = await comment(concerned, post, { content: text });
    await comment(fellow, post, { content: 'A comment that nobody reported' });
    return { kind: 'comment', id, text, context: ['What it is under'] };
  },
  message: async (concerned, reporter) => {
    const talk = await reporter.browser.post(`${API}/conversations`).send({ userId: concerned.id });
    const send = async (who: Person, content: string): Promise<{ id: string }> => {
      const path = `${API}/conversations/${talk.body.id}/messages`;
      return (await who.browser.post(path).send({ content, clientId: uuid() }).expect(201)).body;
    };
    for (const number of [1, 2, 3, 4]) await send(reporter, `Before it, ${number}`);
    const text = 'A message for one';
    const { id } = await send(concerned, text);
    await send(reporter, 'After it');
    return {
      kind: 'message',
      id,
      text,
      context: ['Before it, 2', 'Before it, 3', 'Before it, 4', 'After it'],
    };
  },
  person: async (concerned) => {
    const text = 'About me, for followers';
    await concerned.browser.patch(`${API}/users/me`).send({ about: text }).expect(200);
    return { kind: 'person', id: concerned.id, text, context: [] };
  },
  group: async (concerned, reporter, fellow) => {
    const { id, description } = await groupOf(concerned, reporter, fellow);
    return { kind: 'group', id, text: description, context: [] };
  },
  event: async (concerned, reporter, fellow) => {
    const group = await groupOf(concerned, reporter, fellow);
    const text = 'An event for members';
    const { id } = await planned(concerned, group.id, { title: text, description: text });
    return { kind: 'event', id, text, context: [] };
  },
};

/** One person for each kind of viewer, and a thing of the one who is concerned. */
async function peopleOf(kind: ReportedKind, concernedModerates: boolean) {
  const names = ['Concerned', 'Reporter', 'Fellow', 'Stranger', 'Mona', 'Otto', 'Root'];
  const [concerned, reporter, fellow, stranger, moderator, other, admin] = (await place.newPeople(
    ...names,
  )) as [Person, Person, Person, Person, Person, Person, Person];
  await concerned.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' });
  for (const one of [reporter, fellow, other]) {
    await follow(one, concerned);
    await concerned.browser.post(`${API}/follow-requests/${one.id}/accept`).expect(204);
  }
  const thing = await THINGS[kind](concerned, reporter, fellow);
  for (const one of [moderator, other]) await makeRole(place.app, one, 'moderator');
  await makeRole(place.app, admin, 'admin');
  if (concernedModerates) await makeRole(place.app, concerned, 'moderator');
  const people = {
    stranger,
    fellow,
    reporter,
    moderator,
    admin,
    'moderator who reported': other,
    [concernedModerates ? 'moderator concerned' : 'concerned']: concerned,
  } as Partial<Record<Viewer, Person>>;
  return { people, thing };
}

/** In the order in which a case has them. */
type State = 'open' | 'decided' | 'appealed' | 'answered';

/** The answer to an appeal ends a case like the decision. */
const LISTED_AS = { open: 'open', decided: 'decided', appealed: 'appealed', answered: 'decided' };

/** All that moderators do with a case. */
const ACTS = (id: string) =>
  [
    ['put', `${id}/claim`, {}],
    ['delete', `${id}/claim`, {}],
    ['put', `${id}/decision`, { decision: 'dismiss', reason: 'spam', words: 'Not for me to say.' }],
    ['put', `${id}/appeal`, { outcome: 'upheld', words: 'Not for me to say.' }],
    ['post', `${id}/undo`, {}],
  ] as const;

const askAs = (who: Person | undefined, path: string) =>
  (who?.browser ?? place.app.anyone()).get(`${API}/${path}`);

describe.each(Object.keys(THINGS) as ReportedKind[])('a reported %s', (kind) => {
  it.each([false, true])(
    'is read and decided by those who may, at every stage (of a moderator: %s)',
    async (isOfModerator) => {
      const { people, thing } = await peopleOf(kind, isOfModerator);
      const moderator = people.moderator!;
      await report(people.reporter!, kind, thing).expect(204);
      // Whoever doesn't see it can't report it; a moderator who has is kept from the case.
      const hasReported = IS_SEEN_BY.followers.has(kind);
      await report(people['moderator who reported']!, kind, thing).expect(hasReported ? 204 : 404);
      await report(people.stranger!, kind, thing).expect(IS_SEEN_BY.anyone.has(kind) ? 204 : 404);
      const found = (await caseOf(people.admin!, kind, thing.text))!;
      expect(found.snapshot.text).toBe(thing.text);
      expect([...found.snapshot.before, ...found.snapshot.after].map(({ text }) => text)).toEqual(
        thing.context,
      );

      // An appeal is for somebody else than who decided.
      const [decider, answerer] = isOfModerator
        ? [people.admin!, moderator]
        : [moderator, people.admin!];
      const asked = VIEWERS.filter((viewer) => viewer === 'anonymous' || people[viewer]);
      const caseNow = async () => (await askAs(people.admin, `moderation/cases/${found.id}`)).body;
      const table = async (state: State) => {
        const before = await caseNow();
        for (const viewer of asked) {
          const who = people[viewer];
          const ruledAs =
            viewer === 'moderator who reported' && !hasReported ? 'moderator' : viewer;
          const queue = await askAs(who, `moderation/cases?limit=100&state=${LISTED_AS[state]}`);
          expect({
            viewer,
            queue: queue.status,
            isListed: JSON.stringify(queue.body).includes(found.id),
            case: (await askAs(who, `moderation/cases/${found.id}`)).status,
            decision: (await askAs(who, `decisions/${found.id}`)).status,
          }).toEqual({
            viewer,
            queue: readsQueue(ruledAs),
            case: readsCase(ruledAs),
            isListed: MODERATES.has(ruledAs) && !(state === 'appealed' && who === decider),
            decision: readsDecision(ruledAs, state !== 'open'),
          });
          if (MODERATES.has(ruledAs)) continue;
          for (const [method, path, body] of ACTS(found.id)) {
            const browser = who?.browser ?? place.app.anyone();
            const answer = await browser[method](`${API}/moderation/cases/${path}`).send(body);
            expect({ viewer, method, path, status: answer.status }).toEqual({
              viewer,
              method,
              path,
              status: readsCase(ruledAs),
            });
          }
        }
        expect(await caseNow()).toEqual(before);
      };
      await table('open');
      await settle(decider, found, { decision: 'warn' });
      await table('decided');

      const concerned = people.concerned ?? people['moderator concerned']!;
      const { body } = await concerned.browser.get(`${API}/decisions/${found.id}`).expect(200);
      expect((body as OwnDecision).text).toBe(thing.text);
      for (const viewer of ['reporter', 'moderator who reported', 'moderator', 'admin'] as const)
        expect(JSON.stringify(body)).not.toContain(people[viewer]!.id);
      for (const viewer of asked.filter((one) => !IS_CONCERNED.has(one))) {
        const asker = people[viewer]?.browser ?? place.app.anyone();
        const appeal = asker.post(`${API}/decisions/${found.id}/appeal`).send({ words: 'Mine.' });
        await appeal.expect(viewer === 'anonymous' ? 401 : 404);
      }

      const appeal = concerned.browser.post(`${API}/decisions/${found.id}/appeal`);
      await appeal.send({ words: 'It was a quotation.' }).expect(200);
      await table('appealed');
      await claim(answerer, found).expect(200);
      await answerer.browser
        .put(`${API}/moderation/cases/${found.id}/appeal`)
        .send({ outcome: 'overturned', words: 'We looked again.' })
        .expect(200);
      await table('answered');
    },
  );
});
