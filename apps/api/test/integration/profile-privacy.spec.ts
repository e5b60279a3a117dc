import { Access } from '../../src/access/access.service.js';
import { follow, list, names, neighbourhood, profile } from '../support/neighbourhood.js';
import { API } from '../support/test-app.js';

const here = neighbourhood();

describe('privacy', () => {
  it('turning public accepts pending requests; turning private keeps followers and hides the rest at once', async () => {
    const [ada, bruno, goran] = [
      await here.newPerson('Ada'),
      await here.newPerson('Bruno'),
      await here.newPerson('Goran', { visibility: 'private' }),
    ];
    await follow(ada, goran).expect(200);
    await goran.browser.put(`${API}/users/me/privacy`).send({ visibility: 'public' }).expect(200);
    expect((await profile(ada, goran)).relation.following.status).toBe('accepted');
    // A page that is already open loads more…
    await follow(bruno, goran).expect(200);
    const first = await bruno.browser.get(`${API}/users/${goran.id}/followers?limit=1`).expect(200);
    await bruno.browser.delete(`${API}/users/${goran.id}/follow`).expect(204);
    await goran.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    // … and gets nothing more from now on.
    await bruno.browser
      .get(`${API}/users/${goran.id}/followers?limit=1&cursor=${first.body.nextCursor}`)
      .expect(404);
    expect((await profile(bruno, goran)).isOpen).toBe(false);
    expect((await profile(ada, goran)).isOpen).toBe(true);
  });

  it('shows hidden and absent people alike, byte for byte', async () => {
    const [ada, bruno] = [await here.newPerson('Ada'), await here.newPerson('Bruno')];
    await bruno.browser.put(`${API}/users/me/blocks/${ada.id}`).expect(204);
    for (const path of [
      '',
      '/followers',
      '/following',
      '/mutuals',
      '/activity',
      '/avatar/0190a1b2-0000-7000-8000-000000000000/small',
    ]) {
      const hidden = await ada.browser.get(`${API}/users/${bruno.id}${path}`).expect(404);
      const absent = await ada.browser
        .get(`${API}/users/0190a1b2-0000-7000-8000-000000000000${path}`)
        .expect(404);
      expect(hidden.text.replace(hidden.body.requestId, '')).toBe(
        absent.text.replace(absent.body.requestId, ''),
      );
      expect(Object.keys(hidden.headers).sort()).toEqual(Object.keys(absent.headers).sort());
    }
  });

  it('answers “view as” by the same rule', async () => {
    const [goran, ada, bruno] = [
      await here.newPerson('Goran', {
        visibility: 'private',
        emailVisibility: 'me',
        dateOfBirthVisibility: 'followers',
      }),
      await here.newPerson('Ada'),
      await here.newPerson('Bruno'),
    ];
    await follow(ada, goran).expect(200);
    await follow(bruno, goran).expect(200);
    await goran.browser.post(`${API}/follow-requests/${ada.id}/accept`).expect(204);
    const viewAs = async (as: string) =>
      (await goran.browser.get(`${API}/users/me/view-as?as=${as}`).expect(200)).body;
    // Whom else she follows, and whom she mutes, is private to her.
    expect(await viewAs(ada.id)).toEqual({ ...(await profile(ada, goran)), mutualCount: null });
    expect(await viewAs('stranger')).toMatchObject({
      isOpen: false,
      email: null,
      dateOfBirth: null,
      about: null,
      followerCount: null,
    });
    expect(await viewAs(ada.id)).toMatchObject({
      isOpen: true,
      email: null,
      dateOfBirth: '1990-12-31',
    });
    await goran.browser.get(`${API}/users/me/view-as?as=${bruno.id}`).expect(400);
    await goran.browser.get(`${API}/users/me/view-as?as=nonsense`).expect(400);
    await goran.browser.get(`${API}/users/me/view-as`).expect(400);
  });

  it('“view as” does not tell who has blocked whom', async () => {
    const [goran, ada, bruno] = [
      await here.newPerson('Goran'),
      await here.newPerson('Ada'),
      await here.newPerson('Bruno'),
    ];
    await follow(ada, goran).expect(200);
    await follow(bruno, goran).expect(200);
    await follow(goran, bruno).expect(200);
    await bruno.browser.put(`${API}/users/me/blocks/${ada.id}`).expect(204);
    expect(await profile(ada, goran)).toMatchObject({ followerCount: 1, followingCount: 0 });
    const { body } = await goran.browser.get(`${API}/users/me/view-as?as=${ada.id}`).expect(200);
    expect(body).toMatchObject({ isOpen: true, followerCount: 2, followingCount: 1 });
  });

  it('blocking ends all follows, hides both, and unblocking brings nothing back', async () => {
    const [ada, bruno] = [await here.newPerson('Ada'), await here.newPerson('Bruno')];
    await follow(ada, bruno).expect(200);
    await follow(bruno, ada).expect(200);
    await ada.browser.put(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    await ada.browser.put(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(404);
    await bruno.browser.get(`${API}/users/${ada.id}`).expect(404);
    expect(names(await list(ada, 'users/me/blocks'))).toEqual(['Bruno']);
    expect(await list(bruno, 'users/me/blocks')).toEqual([]);
    await bruno.browser.delete(`${API}/users/me/blocks/${ada.id}`).expect(204);
    await bruno.browser.get(`${API}/users/${ada.id}`).expect(404);
    await ada.browser.delete(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    expect((await profile(ada, bruno)).relation).toMatchObject({
      following: { status: 'none' },
      followedBy: 'none',
    });
    await ada.browser.put(`${API}/users/me/blocks/${ada.id}`).expect(409);
  });

  it('a blocked person can block back, and each can undo only their own block', async () => {
    const [ada, bruno] = [await here.newPerson('Ada'), await here.newPerson('Bruno')];
    await ada.browser.put(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    await bruno.browser.put(`${API}/users/me/blocks/${ada.id}`).expect(204);
    expect(names(await list(ada, 'users/me/blocks'))).toEqual(['Bruno']);
    expect(names(await list(bruno, 'users/me/blocks'))).toEqual(['Ada']);
    await ada.browser.delete(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    expect(await list(ada, 'users/me/blocks')).toEqual([]);
    for (const [who, whom] of [
      [ada, bruno],
      [bruno, ada],
    ] as const)
      await who.browser.get(`${API}/users/${whom.id}`).expect(404);
    await bruno.browser.delete(`${API}/users/me/blocks/${ada.id}`).expect(204);
    await profile(ada, bruno);
  });

  it('no answer to a block or a mute tells whether one was blocked', async () => {
    const [ada, bruno] = [await here.newPerson('Ada'), await here.newPerson('Bruno')];
    const nobody = '01970000-0000-7000-8000-000000000000';
    await ada.browser.put(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    const answers = async (id: string) =>
      Promise.all(
        ['blocks', 'mutes'].flatMap((what) => [
          bruno.browser.put(`${API}/users/me/${what}/${id}`),
          bruno.browser.delete(`${API}/users/me/${what}/${id}`),
        ]),
      ).then((all) => all.map(({ status, body }) => [status, { ...body, requestId: '' }]));
    expect(await answers(ada.id)).toEqual(await answers(nobody));
  });

  it('people hidden by a block are in no count of others’ followers, each left out once', async () => {
    const [ada, bruno, eve] = [
      await here.newPerson('Ada'),
      await here.newPerson('Bruno'),
      await here.newPerson('Eve'),
    ];
    await follow(eve, ada).expect(200);
    await follow(ada, eve).expect(200);
    const counts = async () => {
      const { followerCount, followingCount } = await profile(bruno, ada);
      return [followerCount, followingCount];
    };
    expect(await counts()).toEqual([1, 1]);
    await eve.browser.put(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    expect(await counts()).toEqual([0, 0]);
    await bruno.browser.put(`${API}/users/me/blocks/${eve.id}`).expect(204);
    expect(await counts()).toEqual([0, 0]);
  });

  it('muting affects only the muter', async () => {
    const [ada, bruno] = [await here.newPerson('Ada'), await here.newPerson('Bruno')];
    const before = await profile(bruno, ada);
    await ada.browser.put(`${API}/users/me/mutes/${bruno.id}`).expect(204);
    await ada.browser.put(`${API}/users/me/mutes/${bruno.id}`).expect(204);
    expect(await profile(bruno, ada)).toEqual(before);
    expect((await profile(ada, bruno)).relation.isMuted).toBe(true);
    expect(names(await list(ada, 'users/me/mutes'))).toEqual(['Bruno']);
    await ada.browser.delete(`${API}/users/me/mutes/${bruno.id}`).expect(204);
    expect(await list(ada, 'users/me/mutes')).toEqual([]);
  });
});

describe('the rule in its three uses', () => {
  it('gives the same results', async () => {
    const [goran, ada, bruno, chidi] = [
      await here.newPerson('Goran', { visibility: 'private' }),
      await here.newPerson('Ada'),
      await here.newPerson('Bruno'),
      await here.newPerson('Chidi'),
    ];
    await follow(ada, goran).expect(200);
    await follow(bruno, goran).expect(200);
    await goran.browser.post(`${API}/follow-requests/${ada.id}/accept`).expect(204);
    await chidi.browser.put(`${API}/users/me/blocks/${goran.id}`).expect(204);
    const access = here.app.get(Access);
    const everyone = [goran, ada, bruno, chidi].map(({ id }) => id);
    expect([...(await access.audience('profile', goran.id, everyone))].sort()).toEqual(
      [goran.id, ada.id].sort(),
    );
    for (const id of everyone) {
      expect(await access.canSee(id, 'profile', goran.id)).toBe([goran.id, ada.id].includes(id));
    }
    expect([...(await access.visible(goran.id, 'card', everyone))].sort()).toEqual(
      [goran.id, ada.id, bruno.id].sort(),
    );
    expect(await access.visible(goran.id, 'card', [])).toEqual(new Set());
    expect(
      await access.audience('profile', '0190a1b2-0000-7000-8000-000000000000', everyone),
    ).toEqual(new Set());
  });
});
