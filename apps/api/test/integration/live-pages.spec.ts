import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerPushes } from '@echomate/contracts/realtime';
import { jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Access } from '../../src/access/access.service.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { openPage } from '../support/chat.js';
import { groupOf, planned } from '../support/events.js';
import { leave } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { signUp } from '../support/people.js';
import { comment, get, listsSettled, send, write } from '../support/posts.js';
import { describeWithRedis } from '../support/redis.js';
import { API, type TestApp } from '../support/test-app.js';
import { useTwoProcesses } from '../support/two-processes.js';
import { until } from '../support/until.js';

const town = neighbourhood();

type Changed = Parameters<ServerPushes['shown.changed']>[0];
type Gone = Parameters<ServerPushes['shown.gone']>[0];
interface Showing {
  post?: string[];
  event?: string[];
  group?: string[];
  person?: string[];
  feed?: boolean;
}

/** Longer than a push waits, and than a second one of the same thing. */
const settled = () => sleep(1400);

/** Somebody's open page that shows these, once the api knows it. */
async function looking(who: Person, showing: Showing, app: TestApp = town.app) {
  const page = await openPage(app, who);
  const shows = async (next: Showing) => {
    page.line.emit('showing', {
      ...{ post: [], event: [], group: [], person: [], feed: false },
      ...next,
    });
    await sleep(500);
  };
  await shows(showing);
  const things = () =>
    page.told.flatMap(({ name, payload }) =>
      name === 'shown.changed'
        ? (payload as unknown as Changed).things.map(({ kind, id }) => `${kind} ${id}`)
        : [],
    );
  const gone = () =>
    page.told.flatMap(({ name, payload }) =>
      name === 'shown.gone'
        ? (payload as unknown as Gone).things.map(({ kind, id }) => `${kind} ${id}`)
        : [],
    );
  return {
    ...page,
    shows,
    /** Of what it heard that it has changed, and that it is gone. */
    things,
    gone,
    hears: (what: string) => until(`it hears of ${what}`, () => things().includes(what)),
    loses: (what: string) => until(`it loses ${what}`, () => gone().includes(what)),
    /** All it was told, but for pushes of other kinds. */
    heard: () => page.told.filter(({ name }) => /^(shown|feed)\./.test(name)),
  };
}

const like = (who: Person, post: { id: string }) =>
  who.browser.put(`${API}/posts/${post.id}/like`).expect(200);
const block = (who: Person, whom: Person) =>
  who.browser.put(`${API}/users/me/blocks/${whom.id}`).expect(204);

describe('an open page hears that a post has changed', () => {
  it('by a like, its end, an edit, a share, and comments and what happens to them', async () => {
    const [ada, bruno] = await town.newPeople('Ada', 'Bruno');
    const { browser } = ada!;
    type Change = (id: string, commentId: string) => PromiseLike<unknown>;
    const changes: [hasNewComments: boolean, Change][] = [
      [false, (id) => browser.put(`${API}/posts/${id}/like`).expect(200)],
      [false, (id) => browser.delete(`${API}/posts/${id}/like`).expect(200)],
      [false, (id) => browser.patch(`${API}/posts/${id}`).send({ content: 'Anew' }).expect(200)],
      [
        false,
        (id) => browser.post(`${API}/posts/${id}/share`).send({ audience: 'public' }).expect(201),
      ],
      [
        true,
        (id) => browser.post(`${API}/posts/${id}/comments`).send({ content: 'Hm' }).expect(201),
      ],
      [
        true,
        (id, parentId) =>
          browser.post(`${API}/posts/${id}/comments`).send({ content: 'Hm', parentId }).expect(201),
      ],
      [true, (_, id) => browser.put(`${API}/comments/${id}/like`).expect(200)],
      [true, (_, id) => browser.delete(`${API}/comments/${id}/like`).expect(200)],
      [true, (_, id) => browser.patch(`${API}/comments/${id}`).send({ content: 'Anew' })],
      [true, (_, id) => browser.delete(`${API}/comments/${id}`).expect(204)],
    ];
    const posts: { id: string; commentId: string }[] = [];
    for (const _ of changes) {
      const post = await write(ada!);
      await like(ada!, post);
      const { id: commentId } = await comment(ada!, post);
      await browser.put(`${API}/comments/${commentId}/like`).expect(200);
      posts.push({ id: post.id, commentId });
    }
    await browser.delete(`${API}/posts/${posts[0]!.id}/like`).expect(200);
    await browser.delete(`${API}/comments/${posts[6]!.commentId}/like`).expect(200);
    await settled();
    const page = await looking(bruno!, { post: posts.map(({ id }) => id) });
    for (const [at, [hasNewComments, change]] of changes.entries()) {
      const { id, commentId } = posts[at]!;
      await change(id, commentId);
      await page.hears(`post ${id}`);
      expect(page.heard()).toHaveLength(at + 1);
      expect(page.heard().at(-1)).toEqual({
        name: 'shown.changed',
        payload: { things: [{ kind: 'post', id, hasNewComments }], withinMs: 300 },
      });
    }
    page.close();
  });

  it('once a second at most, however often it changes, and not at all unless it is shown', async () => {
    const [ada, bruno] = await town.newPeople('Ada', 'Bruno');
    const [post, other] = [await write(ada!), await write(ada!)];
    const [page, elsewhere] = [
      await looking(bruno!, { post: [post.id] }),
      await looking(bruno!, { post: [other.id] }),
    ];
    const started = performance.now();
    for (let at = 0; at < 30; at++) {
      await like(ada!, post);
      await ada!.browser.delete(`${API}/posts/${post.id}/like`).expect(200);
    }
    await settled();
    await settled();
    const seconds = (performance.now() - started) / 1000;
    expect(page.things().length).toBeGreaterThan(0);
    expect(page.things().length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
    expect(elsewhere.heard()).toEqual([]);
    await page.shows({ post: [other.id] });
    page.told.length = 0;
    await like(ada!, post);
    await settled();
    expect(page.heard()).toEqual([]);
    page.close();
    elsewhere.close();
  });

  it('costs one question for all who look, and none when nobody does', async () => {
    const [ada, bruno, chidi] = await town.newPeople('Ada', 'Bruno', 'Chidi');
    const post = await write(ada!);
    const asked = jest.spyOn(town.app.get(Access), 'audience');
    // Who wrote it is asked about, too, for the notification.
    const ofPost = () =>
      asked.mock.calls.filter(
        ([kind, id, people]) => kind === 'post' && id === post.id && !people.includes(ada!.id),
      );
    await like(ada!, post);
    await settled();
    expect(ofPost()).toEqual([]);
    const pages = [
      await looking(bruno!, { post: [post.id] }),
      await looking(bruno!, { post: [post.id] }),
      await looking(chidi!, { post: [post.id] }),
    ];
    await like(chidi!, post);
    for (const page of pages) await page.hears(`post ${post.id}`);
    expect(ofPost().map(([, , people]) => [...people].sort())).toEqual([
      [bruno!.id, chidi!.id].sort(),
    ]);
    asked.mockRestore();
    for (const page of pages) page.close();
  });
});

describe('whoever may not see a post', () => {
  it.each(['followers', 'chosen', 'me'])(
    'is told of one for %s what is told of one that never was, and then nothing',
    async (audience) => {
      const [ada, bruno, eve] = await town.newPeople('Ada', 'Bruno', 'Eve');
      for (const who of [bruno!, eve!]) await follow(who, ada!).expect(200);
      const chosen = audience === 'chosen' && { chosenUserIds: [bruno!.id] };
      const post = await write(ada!, { audience, ...chosen });
      await eve!.browser.delete(`${API}/users/${ada!.id}/follow`).expect(204);
      const absent = uuid();
      const page = await looking(eve!, { post: [post.id, absent] });
      expect(page.heard()).toEqual([
        {
          name: 'shown.gone',
          payload: { things: [post.id, absent].map((id) => ({ kind: 'post', id })) },
        },
      ]);
      page.told.length = 0;
      await like(ada!, post);
      await comment(ada!, post);
      await settled();
      expect(page.heard()).toEqual([]);
      page.close();
    },
  );

  it('hears nothing of events, groups and people that are not theirs to see', async () => {
    const [ada, bruno, eve] = await town.newPeople('Ada', 'Bruno', 'Eve');
    const pia = await town.newPerson('Pia', { visibility: 'private' });
    const group = await groupOf(ada!, bruno!);
    const event = await planned(ada!, group.id);
    const page = await looking(eve!, {
      ...{ post: [event.seriesId], event: [event.id], group: [group.id], person: [pia.id] },
      feed: true,
    });
    expect(page.gone().length).toBe(4);
    page.told.length = 0;
    await bruno!.browser
      .put(`${API}/events/${event.id}/response`)
      .send({ optionId: event.options[0]!.id })
      .expect(200);
    await write(ada!, { audience: 'group', groupId: group.id });
    await write(pia, { audience: 'followers' });
    await listsSettled(town.app);
    await settled();
    expect(page.heard()).toEqual([]);
    page.close();
  });

  it('does not hear of an unlisted post, which is in no list', async () => {
    const [ada, bruno] = await town.newPeople('Ada', 'Bruno');
    await follow(bruno!, ada!).expect(200);
    const page = await looking(bruno!, { person: [ada!.id], feed: true });
    for (const audience of ['unlisted', 'me']) await write(ada!, { audience });
    await listsSettled(town.app);
    await settled();
    expect(page.heard()).toEqual([]);
    await write(ada!, { audience: 'followers' });
    await page.hears(`person ${ada!.id}`);
    await until('the feed has grown', () => page.of('feed.grown').length);
    page.close();
  });
});

describe('a post leaves open pages at once, and nothing of it comes afterwards, when', () => {
  type Scene = { ada: Person; bruno: Person; chidi: Person; post: { id: string } };
  const ends: [string, Record<string, unknown>, (scene: Scene) => Promise<unknown>][] = [
    [
      'it is narrowed',
      {},
      async ({ ada, post }) =>
        ada.browser.put(`${API}/posts/${post.id}/audience`).send({ audience: 'me' }).expect(200),
    ],
    [
      'it is deleted',
      {},
      async ({ ada, post }) => ada.browser.delete(`${API}/posts/${post.id}`).expect(204),
    ],
    ['its author blocks', {}, ({ ada, bruno }) => block(ada, bruno)],
    ['its author is blocked', {}, ({ ada, bruno }) => block(bruno, ada)],
    [
      'the viewer stops following',
      { audience: 'followers' },
      async ({ ada, bruno }) => bruno.browser.delete(`${API}/users/${ada.id}/follow`).expect(204),
    ],
    [
      'the author removes the follower',
      { audience: 'followers' },
      async ({ ada, bruno }) => ada.browser.delete(`${API}/followers/${bruno.id}`).expect(204),
    ],
    [
      'the author is suspended',
      {},
      ({ ada }) =>
        town.app
          .get(Database)
          .transaction((transaction) =>
            town.app.get(AccountStatesService).hide(transaction, ada.id, 'suspended'),
          ),
    ],
  ];
  it.each(ends)('%s', async (_, values, end) => {
    const [ada, bruno, chidi] = await town.newPeople('Ada', 'Bruno', 'Chidi');
    await follow(bruno!, ada!).expect(200);
    const scene = {
      ...{ ada: ada!, bruno: bruno!, chidi: chidi! },
      post: await write(ada!, values),
    };
    const page = await looking(bruno!, { post: [scene.post.id] });
    await end(scene);
    await page.loses(`post ${scene.post.id}`);
    page.told.length = 0;
    await chidi!.browser.put(`${API}/posts/${scene.post.id}/like`);
    await ada!.browser.put(`${API}/posts/${scene.post.id}/like`);
    await settled();
    expect(page.heard()).toEqual([]);
    page.close();
  });

  it('its author turns private, for all but followers', async () => {
    const [ada, bruno, chidi] = await town.newPeople('Ada', 'Bruno', 'Chidi');
    await follow(bruno!, ada!).expect(200);
    const post = await write(ada!);
    const share = (
      await bruno!.browser.post(`${API}/posts/${post.id}/share`).send({ audience: 'public' })
    ).body as { id: string };
    const showing = { post: [post.id, share.id] };
    const [bens, chis] = [await looking(bruno!, showing), await looking(chidi!, showing)];
    await ada!.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' });
    await ada!.browser.patch(`${API}/users/me`).send({ visibility: 'private' });
    for (const { id } of [post, share]) await chis.loses(`post ${id}`);
    expect(bens.gone()).toEqual([]);
    bens.close();
    chis.close();
  });

  it.each(['left', 'removed', 'deleted'])('the group is %s, with its events', async (how) => {
    const [ada, bruno, chidi] = await town.newPeople('Ada', 'Bruno', 'Chidi');
    const group = await groupOf(ada!, bruno!, chidi!);
    const event = await planned(ada!, group.id);
    const post = await write(ada!, { audience: 'group', groupId: group.id });
    const showing = { post: [post.id], event: [event.id], group: [group.id] };
    const [page, stays] = [await looking(bruno!, showing), await looking(chidi!, showing)];
    expect(page.gone()).toEqual([]);
    if (how === 'left') await leave(bruno!, group).expect(204);
    else if (how === 'removed')
      await ada!.browser.delete(`${API}/groups/${group.id}/members/${bruno!.id}`).expect(204);
    else await ada!.browser.delete(`${API}/groups/${group.id}`).expect(204);
    for (const gone of [`post ${post.id}`, `event ${event.id}`, `group ${group.id}`])
      await page.loses(gone);
    page.told.length = 0;
    await ada!.browser.put(`${API}/posts/${post.id}/like`);
    await send(ada!, { audience: 'group', groupId: group.id });
    await ada!.browser
      .put(`${API}/events/${event.id}/response`)
      .send({ optionId: event.options[0]!.id });
    await settled();
    expect(page.heard()).toEqual([]);
    if (how !== 'deleted') {
      expect(stays.gone()).toEqual([]);
      await stays.hears(`event ${event.id}`);
      await stays.hears(`group ${group.id}`);
    }
    page.close();
    stays.close();
  });

  it('a narrowed post comes between the question and the push', async () => {
    const [ada, bruno] = await town.newPeople('Ada', 'Bruno');
    const post = await write(ada!);
    const page = await looking(bruno!, { post: [post.id] });
    await like(ada!, post);
    await ada!.browser.put(`${API}/posts/${post.id}/audience`).send({ audience: 'me' }).expect(200);
    await page.loses(`post ${post.id}`);
    await settled();
    expect(page.heard().at(-1)!.name).toBe('shown.gone');
    page.close();
  });
});

describe('what a page sends', () => {
  const raw = (page: Awaited<ReturnType<typeof looking>>) =>
    page.line as unknown as { emit(name: string, frame?: unknown): void };

  it('is bounded, and what is malformed changes nothing', async () => {
    const [ada, eve] = await town.newPeople('Ada', 'Eve');
    const post = await write(ada!);
    const page = await looking(eve!, { post: [post.id] });
    const ids = Array.from({ length: 201 }, () => uuid());
    for (const frame of [
      undefined,
      null,
      [],
      'post',
      { post: 'x' },
      { post: [1, 2] },
      { post: [{ id: post.id }] },
      { post: [post.id, post.id] },
      { post: ids },
      { person: ids.slice(0, 51) },
      { post: ["' OR 1=1"] },
      { feed: 'yes' },
      { post: [], extra: true },
    ])
      raw(page).emit('showing', frame);
    await settled();
    expect(page.line.connected).toBe(true);
    page.told.length = 0;
    await like(ada!, post);
    await page.hears(`post ${post.id}`);
    expect(page.gone()).toEqual([]);
    page.close();
  });

  it('ends the connection if it is 10,000 ids, or far too often', async () => {
    const [eve] = await town.newPeople('Eve');
    const page = await looking(eve!, {});
    raw(page).emit('showing', { post: Array.from({ length: 10_000 }, () => uuid()) });
    await until('it is cut off', () => !page.line.connected);
    const again = await looking(eve!, {});
    for (let at = 0; at < 1000; at++) raw(again).emit('showing', { post: [uuid()] });
    await until('it is cut off', () => !again.line.connected);
    await town.app.anyone().get(`${API}/health/live`).expect(200);
  });

  it('asks the rule only now and then, and about the last frame', async () => {
    const [ada, eve] = await town.newPeople('Ada', 'Eve');
    const posts = [await write(ada!), await write(ada!)];
    const page = await looking(eve!, {});
    const asked = jest.spyOn(town.app.get(Access), 'visible');
    for (let at = 0; at < 20; at++) raw(page).emit('showing', { post: [uuid()] });
    raw(page).emit('showing', { post: [posts[1]!.id] });
    await settled();
    expect(asked.mock.calls.filter(([viewer]) => viewer === eve!.id).length).toBeLessThan(5);
    asked.mockRestore();
    await like(ada!, posts[0]!);
    await like(ada!, posts[1]!);
    await page.hears(`post ${posts[1]!.id}`);
    expect(page.things()).not.toContain(`post ${posts[0]!.id}`);
    page.close();
  });
});

describe('open pages of events', () => {
  it('hear of answers, of answers taken back, of changes and of cancelling', async () => {
    const [ada, bruno] = await town.newPeople('Ada', 'Bruno');
    const group = await groupOf(ada!, bruno!);
    const event = await planned(ada!, group.id);
    const page = await looking(bruno!, { event: [event.id] });
    const changes = [
      async () =>
        ada!.browser
          .put(`${API}/events/${event.id}/response`)
          .send({ optionId: event.options[0]!.id })
          .expect(200),
      async () => ada!.browser.delete(`${API}/events/${event.id}/response`),
      async () =>
        ada!.browser
          .patch(`${API}/events/${event.id}`)
          .send({ title: 'Later', scope: 'this' })
          .expect(200),
      async () =>
        ada!.browser.post(`${API}/events/${event.id}/cancel`).send({ scope: 'this' }).expect(200),
    ];
    for (const change of changes) {
      page.told.length = 0;
      await change();
      await page.hears(`event ${event.id}`);
      await settled();
    }
    page.close();
  });
});

describe('some posts by their ids', () => {
  it('are those that the viewer sees', async () => {
    const [ada, eve] = await town.newPeople('Ada', 'Eve');
    const [open, closed] = [await write(ada!), await write(ada!, { audience: 'followers' })];
    const ids = [open.id, closed.id, uuid(), open.id.toUpperCase()].join();
    expect((await get(eve!, `posts?ids=${ids}`)).items).toEqual([
      await get(eve!, `posts/${open.id}`),
    ]);
    for (const bad of ['', 'x', `${open.id},`, Array.from({ length: 51 }, () => uuid()).join()])
      await eve!.browser.get(`${API}/posts?ids=${bad}`).expect(400);
    await eve!.browser.get(`${API}/posts`).expect(400);
    await eve!.browser.get(`${API}/posts?ids=${open.id}&ids=${open.id}`).expect(400);
    await town.app.anyone().get(`${API}/posts?ids=${open.id}`).expect(401);
  });
});

describeWithRedis('two processes with one Redis', (REDIS_URL) => {
  const nodes = useTwoProcesses(REDIS_URL);

  it('tell pages on either what happened on the other, and that it is gone', async () => {
    const person = async (name: string): Promise<Person> => {
      const email = `${name}.two@example.org`;
      const browser = await signUp(nodes()[0], { email, firstName: name });
      return { browser, email, id: (await browser.get(`${API}/users/me`)).body.id };
    };
    const [ada, bruno] = [await person('Ada'), await person('Bruno')];
    await follow(bruno, ada).expect(200);
    const post = await write(ada);
    const pages = [
      await looking(bruno, { post: [post.id], feed: true }, nodes()[0]),
      await looking(bruno, { post: [post.id], feed: true }, nodes()[1]),
    ];
    await until('the processes know each other', async () => {
      await like(ada, post);
      await ada.browser.delete(`${API}/posts/${post.id}/like`);
      await sleep(300);
      return pages.every((page) => page.things().length);
    });
    await write(ada, { content: 'A new one' });
    for (const page of pages)
      await until('both feeds have grown', () => page.of('feed.grown').length);
    await ada.browser.put(`${API}/posts/${post.id}/audience`).send({ audience: 'me' }).expect(200);
    for (const page of pages) {
      await page.loses(`post ${post.id}`);
      page.close();
    }
  });
});
