import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Access } from '../../src/access/access.service.js';
import { groupOf, planned } from '../support/events.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { signUp } from '../support/people.js';
import { comment, like, write } from '../support/posts.js';
import { describeWithRedis } from '../support/redis.js';
import { looking, settled } from '../support/showing-page.js';
import { API } from '../support/test-app.js';
import { useTwoProcesses } from '../support/two-processes.js';
import { until } from '../support/until.js';

const town = neighbourhood();

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
    const page = await looking(town.app, bruno!, { post: posts.map(({ id }) => id) });
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
      await looking(town.app, bruno!, { post: [post.id] }),
      await looking(town.app, bruno!, { post: [other.id] }),
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
      await looking(town.app, bruno!, { post: [post.id] }),
      await looking(town.app, bruno!, { post: [post.id] }),
      await looking(town.app, chidi!, { post: [post.id] }),
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

describe('open pages of events', () => {
  it('hear of answers, of answers taken back, of changes and of cancelling', async () => {
    const [ada, bruno] = await town.newPeople('Ada', 'Bruno');
    const group = await groupOf(ada!, bruno!);
    const event = await planned(ada!, group.id);
    const page = await looking(town.app, bruno!, { event: [event.id] });
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
      await looking(nodes()[0], bruno, { post: [post.id], feed: true }),
      await looking(nodes()[1], bruno, { post: [post.id], feed: true }),
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
