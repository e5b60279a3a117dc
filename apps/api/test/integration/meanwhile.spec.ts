import { meanwhile } from '../support/meanwhile.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import {
  comment,
  expectCountsOfPosts,
  listsSettled,
  get,
  send,
  upload,
  write,
} from '../support/posts.js';
import { API } from '../support/test-app.js';

/**
 * Data may change between any two statements of a request: a post is narrowed and edited, a profile turns private,
 * somebody blocks. The new content must not reach readers who may not see it, and no write may rely on the old state.
 */
const place = neighbourhood();

afterEach(() => expectCountsOfPosts(place.app));

const SECRET = 'secret';

/** Makes the change before every statement of the request in turn, each time with fresh data. */
async function beforeEveryStatement<Scene>(
  setUp: () => Promise<Scene>,
  happen: (scene: Scene) => Promise<unknown>,
  request: (scene: Scene) => PromiseLike<{ status: number; text: string }>,
  check: (answer: { status: number; text: string }, scene: Scene) => void,
): Promise<void> {
  let statements = 0;
  for (let happened = true; happened; statements++) {
    const scene = await setUp();
    const tried = await meanwhile(
      place.app,
      'many',
      statements + 1,
      () => happen(scene),
      () => request(scene),
    );
    happened = tried.happened;
    check(tried.answer, scene);
  }
  expect(statements).toBeGreaterThan(2);
}

describe('a post that is narrowed and edited while it is read', () => {
  let ada: Person, bruno: Person, eve: Person;
  beforeAll(async () => {
    [ada, bruno, eve] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Eve'),
    ];
    await follow(bruno, ada);
    await follow(eve, bruno);
    await follow(eve, ada);
  });

  /** A post that everyone sees, shared, liked and commented; and the change its author makes meanwhile. */
  const scene = async () => {
    await bruno.browser.delete(`${API}/users/${ada.id}/follow`).expect(204);
    await follow(bruno, ada);
    const post = await write(ada, {
      content: `#scene for @${eve.id}`,
      mediaIds: [await upload(ada)],
    });
    const { body: share } = await bruno.browser
      .post(`${API}/posts/${post.id}/share`)
      .send({ audience: 'public', content: '#scene' })
      .expect(201);
    const said = await comment(bruno, post, { content: 'Hm' });
    await listsSettled(place.app);
    const mediaIds = [await upload(ada)];
    return { post, share, said, mediaIds };
  };
  type Scene = Awaited<ReturnType<typeof scene>>;

  const narrowAndEdit = async ({ post, said, mediaIds }: Scene) => {
    await ada.browser
      .patch(`${API}/posts/${post.id}`)
      .send({
        content: `#scene ${SECRET}`,
        title: SECRET,
        mediaIds,
        audience: 'chosen',
        chosenUserIds: [bruno.id],
      })
      .expect(200);
    const reply = { content: SECRET, parentId: said.id };
    await bruno.browser.post(`${API}/posts/${post.id}/comments`).send(reply).expect(201);
    await bruno.browser
      .post(`${API}/posts/${post.id}/comments`)
      .send({ content: SECRET })
      .expect(201);
    await bruno.browser.put(`${API}/posts/${post.id}/like`).expect(200);
    await bruno.browser.put(`${API}/comments/${said.id}/like`).expect(200);
    await ada.browser
      .patch(`${API}/posts/${post.id}`)
      .send({ content: `${SECRET} too` })
      .expect(200);
  };

  const paths: [string, (scene: Scene) => string][] = [
    ['the post', ({ post }) => `posts/${post.id}`],
    ['its history', ({ post }) => `posts/${post.id}/history`],
    ['its comments', ({ post }) => `posts/${post.id}/comments`],
    ['its likes', ({ post }) => `posts/${post.id}/likes`],
    ['its shares', ({ post }) => `posts/${post.id}/shares`],
    ['a share of it', ({ share }) => `posts/${share.id}`],
    ['the replies to a comment', ({ said }) => `comments/${said.id}/replies`],
    ['the likes of a comment', ({ said }) => `comments/${said.id}/likes`],
    ['the author’s posts', () => `users/${ada.id}/posts?limit=5`],
    ['the feed', () => 'feed?limit=5'],
    ['the top feed', () => 'feed?sort=top&limit=5'],
    ['a hashtag', () => 'hashtags/scene/posts?limit=5'],
    ['mentions', () => 'users/me/mentions?limit=5'],
  ];

  it.each(paths)('shows nothing new in %s', async (name, pathOf) => {
    await beforeEveryStatement(
      scene,
      narrowAndEdit,
      (at) => eve.browser.get(`${API}/${pathOf(at)}`),
      ({ status, text }, { mediaIds }) => {
        expect([200, 404]).toContain(status);
        expect(text).not.toContain(SECRET);
        for (const id of mediaIds) expect(text).not.toContain(id);
        // Nobody liked anything before.
        if (name.includes('likes')) expect(text).not.toContain(bruno.id);
      },
    );
  });

  it('shows nothing new, however many read', async () => {
    for (let round = 0; round < 20; round++) {
      const { post, mediaIds } = await scene();
      const change = ada.browser
        .patch(`${API}/posts/${post.id}`)
        .send({ content: SECRET, mediaIds, audience: 'chosen', chosenUserIds: [bruno.id] });
      const reads = Array.from({ length: 8 }, () => eve.browser.get(`${API}/posts/${post.id}`));
      const [changed, ...answers] = await Promise.all([change, ...reads]);
      expect(changed.status).toBe(200);
      for (const { text } of answers) {
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain(mediaIds[0]);
      }
      expect((await get(bruno, `posts/${post.id}`)).content).toBe(SECRET);
    }
  });
});

describe('a profile that turns private while it is read', () => {
  it.each(['', '/followers', '/following', '/mutuals', '/activity'])(
    'tells nothing new: %s',
    async (path) => {
      const eve = await place.newPerson('Eve');
      await beforeEveryStatement(
        async () => {
          const ada = await place.newPerson('Ada');
          const late = await place.newPerson('Late');
          await follow(eve, late);
          return { ada, late };
        },
        async ({ ada, late }) => {
          await ada.browser
            .put(`${API}/users/me/privacy`)
            .send({ visibility: 'private' })
            .expect(200);
          await follow(ada, late).expect(200);
          await follow(late, ada).expect(200);
          await ada.browser.post(`${API}/follow-requests/${late.id}/accept`).expect(204);
        },
        ({ ada }) => eve.browser.get(`${API}/users/${ada.id}${path}`),
        ({ status, text }, { late }) => {
          expect([200, 404]).toContain(status);
          expect(text).not.toContain(late.id);
          if (path === '' && status === 200)
            for (const count of ['followerCount', 'followingCount', 'mutualCount'])
              expect([0, null]).toContain(JSON.parse(text)[count]);
        },
      );
    },
  );
});

describe('what changed while a request waited for a lock', () => {
  let ada: Person, eve: Person;
  beforeEach(async () => {
    [ada, eve] = [await place.newPerson('Ada'), await place.newPerson('Eve')];
  });
  const whileWaiting = async <Answer>(
    happen: () => PromiseLike<unknown>,
    request: () => PromiseLike<Answer>,
  ) => {
    // Jobs of earlier requests must not be mistaken for this one's.
    await listsSettled(place.app);
    return meanwhile(place.app, 'transaction', 1, async () => happen(), request);
  };

  const changes: [string, (id: string) => PromiseLike<{ status: number }>][] = [
    [
      'narrowed',
      (id) => ada.browser.put(`${API}/posts/${id}/audience`).send({ audience: 'followers' }),
    ],
    ['deleted', (id) => ada.browser.delete(`${API}/posts/${id}`)],
    ['out of reach by a block', () => ada.browser.put(`${API}/users/me/blocks/${eve.id}`)],
  ];
  const writes: [string, (id: string) => PromiseLike<{ status: number }>][] = [
    ['share', (id) => eve.browser.post(`${API}/posts/${id}/share`).send({ audience: 'public' })],
    ['comment', (id) => eve.browser.post(`${API}/posts/${id}/comments`).send({ content: 'Hm' })],
    ['like', (id) => eve.browser.put(`${API}/posts/${id}/like`)],
  ];
  for (const [change, happen] of changes)
    it.each(writes)(`a ${change} post takes no %s`, async (_, request) => {
      const post = await write(ada, { content: 'for all' });
      const { answer, happened } = await whileWaiting(
        () => happen(post.id),
        () => request(post.id),
      );
      expect([answer.status, happened]).toEqual([404, true]);
      expect((await get(eve, `users/${eve.id}/posts`)).items).toEqual([]);
    });

  it('a post that became unlisted is not shared', async () => {
    const post = await write(ada);
    const { answer } = await whileWaiting(
      () => ada.browser.put(`${API}/posts/${post.id}/audience`).send({ audience: 'unlisted' }),
      () => eve.browser.post(`${API}/posts/${post.id}/share`).send({ audience: 'public' }),
    );
    expect(answer.status).toBe(403);
  });

  it('who blocked the author is not mentioned', async () => {
    await whileWaiting(
      () => ada.browser.put(`${API}/users/me/blocks/${eve.id}`),
      () => send(eve, { content: `with @${ada.id}` }),
    );
    await ada.browser.delete(`${API}/users/me/blocks/${eve.id}`).expect(204);
    expect((await get(ada, 'users/me/mentions')).items).toEqual([]);
  });

  it('an upload that was removed is not attached', async () => {
    const id = await upload(eve);
    const { answer } = await whileWaiting(
      () => eve.browser.delete(`${API}/media/${id}`),
      () => send(eve, { mediaIds: [id] }),
    );
    expect(answer.status).toBe(400);
  });

  it('who was blocked follows nobody, and is not accepted', async () => {
    const { answer } = await whileWaiting(
      () => ada.browser.put(`${API}/users/me/blocks/${eve.id}`),
      () => follow(eve, ada),
    );
    expect(answer.status).toBe(404);
  });
});
