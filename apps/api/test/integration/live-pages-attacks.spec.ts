import { jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Access } from '../../src/access/access.service.js';
import { neighbourhood } from '../support/neighbourhood.js';
import { like, write } from '../support/posts.js';
import { looking, settled } from '../support/showing-page.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const town = neighbourhood();

describe('what a page sends', () => {
  const raw = (page: Awaited<ReturnType<typeof looking>>) =>
    page.line as unknown as { emit(name: string, frame?: unknown): void };

  it('is bounded, and what is malformed changes nothing', async () => {
    const [ada, eve] = await town.newPeople('Ada', 'Eve');
    const post = await write(ada!);
    const page = await looking(town.app, eve!, { post: [post.id] });
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
    const page = await looking(town.app, eve!, {});
    raw(page).emit('showing', { post: Array.from({ length: 10_000 }, () => uuid()) });
    await until('it is cut off', () => !page.line.connected);
    const again = await looking(town.app, eve!, {});
    for (let at = 0; at < 1000; at++) raw(again).emit('showing', { post: [uuid()] });
    await until('it is cut off', () => !again.line.connected);
    await town.app.anyone().get(`${API}/health/live`).expect(200);
  });

  it('asks the rule only now and then, and about the last frame', async () => {
    const [ada, eve] = await town.newPeople('Ada', 'Eve');
    const posts = [await write(ada!), await write(ada!)];
    const page = await looking(town.app, eve!, {});
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
