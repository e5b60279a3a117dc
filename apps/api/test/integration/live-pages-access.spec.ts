import { v7 as uuid } from 'uuid';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { groupOf, planned } from '../support/events.js';
import { leave } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { comment, get, like, listsSettled, send, write } from '../support/posts.js';
import { looking, settled } from '../support/showing-page.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const town = neighbourhood();

const block = (who: Person, whom: Person) =>
  who.browser.put(`${API}/users/me/blocks/${whom.id}`).expect(204);

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
      const page = await looking(town.app, eve!, { post: [post.id, absent] });
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
    const page = await looking(town.app, eve!, {
      post: [event.seriesId],
      event: [event.id],
      group: [group.id],
      person: [pia.id],
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
    const page = await looking(town.app, bruno!, { person: [ada!.id], feed: true });
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
      ada: ada!,
      bruno: bruno!,
      chidi: chidi!,
      post: await write(ada!, values),
    };
    const page = await looking(town.app, bruno!, { post: [scene.post.id] });
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
    const [bens, chis] = [
      await looking(town.app, bruno!, showing),
      await looking(town.app, chidi!, showing),
    ];
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
    const [page, stays] = [
      await looking(town.app, bruno!, showing),
      await looking(town.app, chidi!, showing),
    ];
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
    const page = await looking(town.app, bruno!, { post: [post.id] });
    await like(ada!, post);
    await ada!.browser.put(`${API}/posts/${post.id}/audience`).send({ audience: 'me' }).expect(200);
    await page.loses(`post ${post.id}`);
    await settled();
    expect(page.heard().at(-1)!.name).toBe('shown.gone');
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
