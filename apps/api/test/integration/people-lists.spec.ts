import type { UserCard } from '@echomate/contracts/users.dto';
import {
  follow,
  list,
  names,
  neighbourhood,
  profile,
  type Person,
} from '../support/neighbourhood.js';
import { API } from '../support/test-app.js';

const here = neighbourhood();

describe('lists', () => {
  it('of followers come in pages and can be searched', async () => {
    const star = await here.newPerson('Star');
    const fans = [];
    for (const [firstName, nickname] of [
      ['Zoë', ''],
      ['Émile', 'the bee'],
      ['100%', ''],
      ['Fritz', ''],
    ] as const) {
      const fan = await here.newPerson(firstName, { nickname });
      await follow(fan, star).expect(200);
      fans.push(fan);
    }
    const first = (await star.browser.get(`${API}/users/${star.id}/followers?limit=3`).expect(200))
      .body;
    expect(names(first.items)).toEqual(['Fritz', '100%', 'Émile']);
    const second = (
      await star.browser
        .get(`${API}/users/${star.id}/followers?limit=3&cursor=${first.nextCursor}`)
        .expect(200)
    ).body;
    expect(names(second.items)).toEqual(['Zoë']);
    expect(second.nextCursor).toBeNull();
    const search = async (q: string) =>
      names(await list(star, `users/${star.id}/followers?q=${encodeURIComponent(q)}`));
    expect(await search('zoe')).toEqual(['Zoë']);
    expect(await search('ÉMI')).toEqual(['Émile']);
    expect(await search('the be')).toEqual(['Émile']);
    expect(await search('okafor fr')).toEqual(['Fritz']);
    expect(await search('100%')).toEqual(['100%']);
    expect(await search('%')).toEqual([]);
    expect(await search("'; DROP TABLE users; --")).toEqual([]);
    expect(await search('itz')).toEqual([]);
    expect(names(await list(fans[0]!, `users/${fans[0]!.id}/following`))).toEqual(['Star']);
    await star.browser.get(`${API}/users/${star.id}/followers?q=${'x'.repeat(101)}`).expect(400);
    await star.browser.get(`${API}/users/${star.id}/followers?cursor=x`).expect(400);
    await star.browser.get(`${API}/users/${star.id}/followers?unknown=1`).expect(400);
  });

  it('of people are found by any name and follow a change of name', async () => {
    const [ada, xaver] = [
      await here.newPerson('Ada'),
      await here.newPerson('Xaver', { nickname: 'quokka', handle: 'kangaroo' }),
    ];
    const find = async (q: string) => names(await list(ada, `users?q=${encodeURIComponent(q)}`));
    expect(await find('quok')).toEqual(['Xaver']);
    await xaver.browser
      .patch(`${API}/users/me`)
      .send({ nickname: '', firstName: 'Yannick' })
      .expect(200);
    expect(await find('quok')).toEqual([]);
    expect(await find('xaver')).toEqual([]);
    expect(await find('yann')).toEqual(['Yannick']);
    const { body } = await ada.browser.get(`${API}/users?q=yann&fields=id,firstName`).expect(200);
    expect(body.items).toEqual([{ id: xaver.id, firstName: 'Yannick' }]);
    await ada.browser.get(`${API}/users?q=yann&fields=passwordHash`).expect(400);
    const narrow = await ada.browser
      .get(`${API}/users/${xaver.id}?fields=firstName,isOpen`)
      .expect(200);
    expect(narrow.body).toEqual({ firstName: 'Yannick', isOpen: true });
  });

  it('give the viewer’s relation to everyone in them, in a fixed number of statements', async () => {
    const [me, friend, asked] = [
      await here.newPerson('Me'),
      await here.newPerson('Nadia'),
      await here.newPerson('Nadim', { visibility: 'private' }),
    ];
    await follow(me, friend).expect(200);
    await follow(friend, me).expect(200);
    await follow(me, asked).expect(200);
    const { items } = (await me.browser.get(`${API}/users?q=nadi`).expect(200)).body;
    expect(
      items.map(({ firstName, relation }: { firstName: string; relation: object }) => [
        firstName,
        relation,
      ]),
    ).toEqual([
      [
        'Nadim',
        {
          following: { status: 'requested', askAgainAt: null },
          followedBy: 'none',
          isFriend: false,
          isMuted: false,
        },
      ],
      [
        'Nadia',
        {
          following: { status: 'accepted', askAgainAt: null },
          followedBy: 'accepted',
          isFriend: true,
          isMuted: false,
        },
      ],
    ]);
  });

  it('of mutual connections are those whom one follows and who follow the person', async () => {
    const [me, friend, other, target]: Person[] = await here.newPeople(
      'Me',
      'Friend',
      'Other',
      'Target',
    );
    for (const whom of [friend!, other!]) await follow(me!, whom).expect(200);
    for (const who of [friend!, other!]) await follow(who, target!).expect(200);
    expect((await profile(me!, target!)).mutualCount).toBe(2);
    expect(names(await list(me!, `users/${target!.id}/mutuals`)).sort()).toEqual([
      'Friend',
      'Other',
    ]);
  });

  it('of unseen followers and requests count them until they are seen', async () => {
    const [goran, ada, bruno] = [
      await here.newPerson('Goran'),
      await here.newPerson('Ada'),
      await here.newPerson('Bruno'),
    ];
    const unseen = async () =>
      (await goran.browser.get(`${API}/followers/unseen`).expect(200)).body;
    expect(await unseen()).toEqual({ requests: 0, newFollowers: 0 });
    await follow(ada, goran).expect(200);
    expect(await unseen()).toEqual({ requests: 0, newFollowers: 1 });
    await goran.browser.put(`${API}/followers/unseen`).expect(204);
    expect(await unseen()).toEqual({ requests: 0, newFollowers: 0 });
    await goran.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    await follow(bruno, goran).expect(200);
    expect(await unseen()).toEqual({ requests: 1, newFollowers: 0 });
    await goran.browser.post(`${API}/follow-requests/${bruno.id}/accept`).expect(204);
    expect(await unseen()).toEqual({ requests: 0, newFollowers: 0 });
  });

  it('of activity end with joining', async () => {
    const [ada, bruno, chidi] = [
      await here.newPerson('Ada'),
      await here.newPerson('Bruno'),
      await here.newPerson('Chidi'),
    ];
    await follow(bruno, ada).expect(200);
    await follow(bruno, chidi).expect(200);
    const { body } = await ada.browser.get(`${API}/users/${bruno.id}/activity`).expect(200);
    expect(
      body.items.map(({ kind, user }: { kind: string; user: UserCard | null }) => [
        kind,
        user?.firstName,
      ]),
    ).toEqual([
      ['followed', 'Chidi'],
      ['followed', 'Ada'],
      ['joined', undefined],
    ]);
    const page = await ada.browser.get(`${API}/users/${bruno.id}/activity?limit=1`).expect(200);
    expect(page.body.items).toHaveLength(1);
    expect(page.body.nextCursor).not.toBeNull();
  });
});
