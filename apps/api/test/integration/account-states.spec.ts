import type { PersonSuggestions } from '@echomate/contracts/discovery.dto';
import { SessionsEnded } from '../../src/modules/auth/auth.domain-events.js';
import { Access } from '../../src/access/access.service.js';
import { DomainEvents } from '../../src/platform/domain-events/domain-events.js';
import { accountStates } from '../support/account-states.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { expectCountsOfPosts, get, write } from '../support/posts.js';
import { logIn, PASSWORD } from '../support/people.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
const { settled, hide, deactivate, restore, world } = accountStates(place);
afterEach(() => expectCountsOfPosts(place.app));

/** Bruno's own things, and things that belong to them */
const GONE = [
  ...['profile', 'posts', 'followers', 'activity', 'post', 'forFollowers', 'chosen', 'share'],
  ...['comments', 'likes', 'comment', 'likesOfAnswer', 'likesOfDoubt', 'media', 'bytes', 'mutuals'],
];

describe('an account that is not active', () => {
  it.each(['deactivated', 'suspended'] as const)(
    'is nobody’s to see when it is %s, on any path, and comes back whole',
    async (reason) => {
      const { ada, bruno, chidi, seenBy } = await world();
      const before = { ada: await seenBy(ada), chidi: await seenBy(chidi) };
      expect(Object.values(before.chidi).filter(({ status }) => status !== 200)).toEqual([
        // Only the author may ask for an audience.
        expect.objectContaining({ status: 404 }),
      ]);

      await hide(bruno, reason);
      await settled();
      for (const who of [ada, chidi]) {
        const seen = await seenBy(who);
        for (const path of GONE) expect([path, seen[path]!.status]).toEqual([path, 404]);
        expect(JSON.stringify(seen)).not.toContain(bruno.id);
      }
      const { body: post } = await ada.browser.get(`${API}/posts/${(await seenAdas(ada)).id}`);
      // Chidi's question and like are left; Bruno's remark was deleted with Chidi's reply to it.
      expect(post).toMatchObject({ likeCount: 1, commentCount: 1 });
      expect((await get(ada, `users/${ada.id}`)).followerCount).toBe(1);
      expect((await get(ada, `users/${ada.id}`)).followingCount).toBe(0);

      await restore(bruno, reason);
      expect({ ada: await seenBy(ada), chidi: await seenBy(chidi) }).toEqual(before);
    },
  );

  const seenAdas = async (ada: Person) =>
    (await get(ada, `users/${ada.id}/posts`)).items[0] as { id: string };

  it('gets the same answer as one that never existed', async () => {
    const { ada, bruno } = await world();
    await deactivate(bruno);
    const absent = '01890000-0000-7000-8000-000000000000';
    for (const [method, path] of [
      ['get', ''],
      ['get', '/posts'],
      ['put', '/follow'],
      ['delete', '/follow'],
    ] as const) {
      const answers = [];
      for (const id of [bruno.id, absent]) {
        const { status, body } = await ada.browser[method](`${API}/users/${id}${path}`);
        delete body.requestId;
        answers.push({ status, body });
      }
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]!.status).toBe(404);
    }
  });

  it('is notified of nothing: it is in no audience', async () => {
    const { ada, bruno, chidi, adas } = await world();
    const audience = () =>
      place.app.get(Access).audience('post', adas.id, [ada.id, bruno.id, chidi.id]);
    expect(await audience()).toEqual(new Set([ada.id, bruno.id, chidi.id]));
    await deactivate(bruno);
    expect(await audience()).toEqual(new Set([ada.id, chidi.id]));
  });

  it('stays hidden until every reason is removed', async () => {
    const { ada, bruno } = await world();
    await deactivate(bruno);
    await hide(bruno, 'suspended');
    await restore(bruno, 'deactivated');
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(404);
    await restore(bruno, 'suspended');
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(200);
  });

  it('has no sessions; logging in restores a deactivated one completely, and tells a suspended one why not', async () => {
    const { ada, bruno } = await world();
    const other = await logIn(place.app, bruno.email);
    const ended: SessionsEnded[] = [];
    place.app.get(DomainEvents).inTransaction(SessionsEnded, async (event) => {
      if (event.userId === bruno.id) ended.push(event);
    });
    await deactivate(bruno);
    for (const browser of [bruno.browser, other])
      await browser.get(`${API}/auth/session`).expect(401);
    expect(ended.map(({ reason, sessionIds }) => [reason, sessionIds.length])).toEqual([
      ['account-inactive', 2],
    ]);
    const attempt = (password: string) =>
      place.app.browser().post(`${API}/auth/login`).send({ email: bruno.email, password });
    await attempt('not the password').expect(401);
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(404);
    await attempt(PASSWORD).expect(200);
    await settled();
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(200);

    await hide(bruno, 'suspended');
    await settled();
    await attempt('not the password').expect(401);
    expect((await attempt(PASSWORD).expect(403)).body.type).toBe(
      'urn:echomate:problem:account-suspended',
    );
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(404);
    await restore(bruno, 'suspended');
    await attempt(PASSWORD).expect(200);
  });

  it('is nobody’s to see in suggestions, in a list of blocks, as a follower or as a reason', async () => {
    const { ada, bruno, chidi, adas, brunos } = await world();
    const [dora, eve] = [await place.newPerson('Dora'), await place.newPerson('Eve')];
    for (const [who, whom] of [
      [ada, chidi],
      [bruno, dora],
      [chidi, dora],
      [eve, bruno],
      [dora, bruno],
      [dora, chidi],
    ] as const)
      await follow(who, whom);
    const chidis = await write(chidi);
    await bruno.browser.put(`${API}/posts/${chidis.id}/like`).expect(200);
    await eve.browser.put(`${API}/users/me/blocks/${chidi.id}`).expect(204);
    await settled();
    const reasonFor = async () =>
      (await get(dora, 'feed?sort=top')).items.find(({ id }: { id: string }) => id === chidis.id)
        .reason;
    const suggested = async () => {
      const { items }: PersonSuggestions = await get(ada, 'discovery/people');
      return items.flatMap(({ user, reasons }) =>
        reasons
          .filter(({ kind }) => kind === 'followed')
          .map(({ count, people }) => [user.id, count, people.length]),
      );
    };
    expect(await suggested()).toEqual([[dora.id, 2, 2]]);
    expect(await reasonFor()).toEqual({ kind: 'liked', count: 1 });
    expect((await get(eve, 'users/me/blocks')).items).toHaveLength(1);

    await deactivate(bruno);
    expect(await suggested()).toEqual([[dora.id, 1, 1]]);
    expect(await reasonFor()).toEqual({ kind: 'friend', count: 0 });
    const asked = [
      () => ada.browser.get(`${API}/users/me/view-as?as=${bruno.id}`),
      () => ada.browser.get(`${API}/users/${ada.id}/posts?as=${bruno.id}`),
      () =>
        ada.browser
          .patch(`${API}/posts/${adas.id}`)
          .send({ audience: 'chosen', chosenUserIds: [bruno.id] }),
    ];
    for (const ask of asked) expect([400, 422]).toContain((await ask()).status);
    await deactivate(chidi);
    expect((await get(eve, 'users/me/blocks')).items).toEqual([]);
    expect(await suggested()).toEqual([]);
    await restore(chidi);
    await restore(bruno);
    expect((await get(eve, 'users/me/blocks')).items).toHaveLength(1);
    expect(await suggested()).toEqual([[dora.id, 2, 2]]);
    expect(await reasonFor()).toEqual({ kind: 'liked', count: 1 });
    expect((await get(ada, `posts/${brunos.id}`)).author.id).toBe(bruno.id);
  });
});
