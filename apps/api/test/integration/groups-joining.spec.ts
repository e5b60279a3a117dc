import {
  acceptInvitation,
  answer,
  ask,
  expectGroupsToBeSound,
  found,
  groupOf,
  invite,
  leave,
  letIn,
  membersOf,
} from '../support/groups.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { get } from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
const NOBODY = '01970000-0000-7000-8000-000000000000';

afterEach(() => expectGroupsToBeSound(place.app));

const people = (...names: string[]) => place.newPeople(...names);

const namesOf = (members: { user: { firstName: string } }[]) =>
  members.map(({ user }) => user.firstName);

describe('getting in', () => {
  it('by invitation of any member, with words, accepted or declined', async () => {
    const [ada, bruno, chidi, dana] = await people('Ada', 'Bruno', 'Chidi', 'Dana');
    const group = await found(ada!);
    await letIn(ada!, group, bruno!);
    const { body } = await bruno!.browser
      .post(`${API}/groups/${group.id}/invitations`)
      .send({ userIds: [chidi!.id, dana!.id, ada!.id], words: 'Come over' })
      .expect(200);
    expect(body).toEqual({ invited: 2, joined: 0 });
    expect(await groupOf(chidi!, group)).toMatchObject({
      standing: 'invited',
      invitation: { inviter: { firstName: 'Bruno' }, words: 'Come over' },
      inside: null,
    });
    expect((await get(chidi!, 'groups/unseen')).invitations).toBe(1);
    expect((await get(chidi!, 'users/me/group-invitations')).items).toMatchObject([
      { group: { id: group.id }, inviter: { firstName: 'Bruno' } },
    ]);
    await acceptInvitation(chidi!, group).expect(204);
    await acceptInvitation(chidi!, group).expect(204);
    await dana!.browser.post(`${API}/groups/${group.id}/invitation/decline`).expect(204);
    expect(await groupOf(dana!, group)).toMatchObject({ standing: 'none', invitation: null });
    await acceptInvitation(dana!, group).expect(404);
    expect(namesOf(await membersOf(ada!, group))).toEqual(['Chidi', 'Bruno', 'Ada']);
    // Who has declined is not asked again at once, and nobody learns that.
    expect((await invite(ada!, group, dana!).expect(200)).body).toEqual({ invited: 0, joined: 0 });
    expect((await groupOf(dana!, group)).standing).toBe('none');
  });

  it('by a request, which only who leads the group sees, accepts or refuses', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada!);
    await letIn(ada!, group, bruno!);
    await ask(chidi!, group, 'Two hives').expect(204);
    await ask(chidi!, group, 'Again').expect(204);
    expect((await groupOf(chidi!, group)).standing).toBe('requested');
    await bruno!.browser.get(`${API}/groups/${group.id}/requests`).expect(403);
    await chidi!.browser.get(`${API}/groups/${group.id}/requests`).expect(404);
    expect((await groupOf(bruno!, group)).inside).toMatchObject({ requestCount: null });
    expect((await groupOf(ada!, group)).inside).toMatchObject({ requestCount: 1 });
    expect((await get(ada!, 'groups/unseen')).requests).toBe(1);
    const waiting = (await get(ada!, `groups/${group.id}/requests`)).items;
    expect(waiting).toMatchObject([{ user: { firstName: 'Chidi' }, words: 'Two hives' }]);
    await answer(bruno!, group, chidi!, 'accept').expect(403);
    await answer(chidi!, group, chidi!, 'accept').expect(404);
    await answer(ada!, group, chidi!, 'refuse').expect(204);
    expect(await groupOf(chidi!, group)).toMatchObject({ standing: 'refused' });
    await ask(chidi!, group).expect(409);
    await chidi!.browser.delete(`${API}/groups/${group.id}/requests/me`).expect(404);
    await answer(ada!, group, chidi!, 'accept').expect(404);
    // An invitation opens the door again.
    await invite(bruno!, group, chidi!).expect(200);
    await acceptInvitation(chidi!, group).expect(204);
    expect((await groupOf(ada!, group)).memberCount).toBe(3);
  });

  it('a request and an invitation meet, whichever comes first', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada!);
    await letIn(ada!, group, bruno!);
    await ask(chidi!, group).expect(204);
    expect((await invite(bruno!, group, chidi!).expect(200)).body).toEqual({
      invited: 0,
      joined: 1,
    });
    expect((await groupOf(chidi!, group)).standing).toBe('member');
    await leave(chidi!, group).expect(204);
    await invite(ada!, group, chidi!).expect(200);
    await ask(chidi!, group).expect(204);
    expect((await groupOf(chidi!, group)).standing).toBe('member');
  });

  it('a request and an invitation at the same moment make one membership', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    for (let round = 0; round < 5; round++) {
      const group = await found(ada!);
      const answers = await Promise.all([ask(bruno!, group), invite(ada!, group, bruno!)]);
      expect(answers.map(({ status }) => status)).toEqual([204, 200]);
      expect(await groupOf(bruno!, group)).toMatchObject({ standing: 'member', memberCount: 2 });
      expect(namesOf(await membersOf(ada!, group))).toEqual(['Bruno', 'Ada']);
    }
  });

  it('two answers to the same request let somebody in once', async () => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const group = await found(ada!);
    await ask(bruno!, group).expect(204);
    const answers = await Promise.all([
      answer(ada!, group, bruno!, 'accept'),
      answer(ada!, group, bruno!, 'accept'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await groupOf(ada!, group)).memberCount).toBe(2);
  });

  it('who leads hands over while a request is accepted', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    for (let round = 0; round < 5; round++) {
      const group = await found(ada!);
      await letIn(ada!, group, bruno!);
      await ask(chidi!, group).expect(204);
      const [accepted] = await Promise.all([
        answer(ada!, group, chidi!, 'accept'),
        ada!.browser
          .put(`${API}/groups/${group.id}/creator`)
          .send({ userId: bruno!.id })
          .expect(204),
      ]);
      expect([204, 403]).toContain(accepted.status);
      const isIn = accepted.status === 204;
      expect((await groupOf(bruno!, group)).memberCount).toBe(isIn ? 3 : 2);
      expect((await groupOf(bruno!, group)).role).toBe('creator');
    }
  });

  it('what waits is withdrawn by who sent it, and an invitation by who leads the group', async () => {
    const [ada, bruno, chidi, dana] = await people('Ada', 'Bruno', 'Chidi', 'Dana');
    const group = await found(ada!);
    await letIn(ada!, group, bruno!, dana!);
    await invite(bruno!, group, chidi!).expect(200);
    const sent = async (who: Person) => (await get(who, `groups/${group.id}/invitations`)).items;
    expect(await sent(bruno!)).toMatchObject([{ user: { firstName: 'Chidi' } }]);
    expect(await sent(ada!)).toHaveLength(1);
    expect(await sent(dana!)).toEqual([]);
    const withdraw = (who: Person) =>
      who.browser.delete(`${API}/groups/${group.id}/invitations/${chidi!.id}`);
    await withdraw(dana!).expect(404);
    await withdraw(chidi!).expect(404);
    await withdraw(bruno!).expect(204);
    expect((await groupOf(chidi!, group)).standing).toBe('none');
    await invite(bruno!, group, chidi!).expect(200);
    await withdraw(ada!).expect(204);
    await ask(chidi!, group).expect(204);
    await chidi!.browser.delete(`${API}/groups/${group.id}/requests/me`).expect(204);
    expect((await groupOf(chidi!, group)).standing).toBe('none');
  });

  it('invitations of somebody who is out no longer count', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada!);
    await letIn(ada!, group, bruno!);
    await invite(bruno!, group, chidi!).expect(200);
    await leave(bruno!, group).expect(204);
    expect((await groupOf(chidi!, group)).standing).toBe('none');
    await acceptInvitation(chidi!, group).expect(404);
  });

  it.each([
    ['nobody', () => []],
    ['somebody who is not there', () => [NOBODY]],
    ['no ids', () => ['me']],
    ['somebody twice', (bruno: Person) => [bruno.id, bruno.id]],
    ['five hundred at once', () => Array.from({ length: 500 }, () => NOBODY)],
  ])('refuses to invite %s', async (_, userIds) => {
    const [ada, bruno] = await people('Ada', 'Bruno');
    const group = await found(ada!);
    const { body } = await ada!.browser
      .post(`${API}/groups/${group.id}/invitations`)
      .send({ userIds: userIds(bruno!) })
      .expect(400);
    expect(body.errors[0].field).toMatch(/^userIds/);
  });

  it('a block stands between: no invitation, none that waits, no request', async () => {
    const [ada, bruno, chidi] = await people('Ada', 'Bruno', 'Chidi');
    const group = await found(ada!);
    await letIn(ada!, group, chidi!);
    await invite(ada!, group, bruno!).expect(200);
    await bruno!.browser.put(`${API}/users/me/blocks/${ada!.id}`).expect(204);
    expect((await groupOf(bruno!, group)).standing).toBe('none');
    expect((await get(bruno!, 'users/me/group-invitations')).items).toEqual([]);
    await acceptInvitation(bruno!, group).expect(404);
    await invite(ada!, group, bruno!).expect(400);
    // Somebody else may still invite them: it is not Ada's group alone.
    expect((await invite(chidi!, group, bruno!).expect(200)).body.invited).toBe(1);
    await acceptInvitation(bruno!, group).expect(204);
    expect(namesOf(await membersOf(bruno!, group))).toEqual(['Bruno', 'Chidi']);
    expect((await groupOf(bruno!, group)).memberCount).toBe(2);
    expect((await groupOf(bruno!, group)).inside?.creator).toBeNull();
  });
});
