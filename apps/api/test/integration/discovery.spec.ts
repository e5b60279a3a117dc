import type {
  Dismissal,
  GroupSuggestion,
  PersonSuggestion,
} from '@echomate/contracts/discovery.dto';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { ask, found, letIn } from '../support/groups.js';
import { follow, names, neighbourhood, type Person } from '../support/neighbourhood.js';
import { get, write } from '../support/posts.js';
import { statementsOf } from '../support/statements.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();

const everyone = async (who: Person): Promise<PersonSuggestion[]> =>
  (await get(who, 'discovery/people?limit=30')).items;
/** Without those of whom there is nothing to say but that they are here. */
const people = async (who: Person) =>
  (await everyone(who)).filter(({ reasons }) => reasons.some(({ kind }) => kind !== 'active'));
const groups = async (who: Person): Promise<GroupSuggestion[]> =>
  (await get(who, 'discovery/groups?limit=30')).items;

/** Why one is suggested to the other, in short; undefined if not at all. */
const why = async (who: Person, whom: Person) =>
  (await everyone(who))
    .find(({ user }) => user.id === whom.id)
    ?.reasons.map(({ kind, count, people, group, tag }) =>
      [kind, ...(count ? [count] : []), ...names(people), group?.title, tag]
        .filter(Boolean)
        .join(' '),
    );
const whyGroup = async (who: Person, { id }: { id: string }) =>
  (await groups(who)).find(({ group }) => group.id === id)?.reason;

const dismiss = (who: Person, what: string) =>
  who.browser.put(`${API}/discovery/dismissals/${what}`);
const takeBack = (who: Person, what: string) =>
  who.browser.delete(`${API}/discovery/dismissals/${what}`);
const dismissed = async (who: Person): Promise<Dismissal[]> =>
  (await get(who, 'discovery/dismissals')).items;
const choose = (who: Person, settings: object) =>
  who.browser
    .put(`${API}/discovery/settings`)
    .send({ isSuggested: true, usesInterests: true, ...settings });
const hide = (who: Person) =>
  place.app
    .get(Database)
    .transaction((transaction) =>
      place.app.get(AccountStatesService).hide(transaction, who.id, 'suspended'),
    );

describe('who may learn what by suggestions of people', () => {
  it('never tells of whom the viewer may not see, nor by whom a hidden person is followed', async () => {
    const [me, friend, other, target] = await place.newPeople('Me', 'Friend', 'Other', 'Target');
    for (const whom of [friend!, other!]) await follow(me!, whom).expect(200);
    for (const who of [friend!, other!]) await follow(who, target!).expect(200);
    expect(await why(me!, target!)).toEqual(['followed 2 Other Friend']);

    // Somebody muted is no reason.
    await me!.browser.put(`${API}/users/me/mutes/${other!.id}`).expect(204);
    expect(await why(me!, target!)).toEqual(['followed 1 Friend']);
    await me!.browser.delete(`${API}/users/me/mutes/${other!.id}`).expect(204);

    // Whose account is not active neither.
    await hide(other!);
    expect(await why(me!, target!)).toEqual(['followed 1 Friend']);
    await hide(friend!);
    expect(await people(me!)).toEqual([]);
  });

  it('leaves out who is blocked either way, muted, not active, followed, or asked already', async () => {
    const [me, friend] = await place.newPeople('Me', 'Friend');
    const [blocked, blocker, muted, inactive, followed] = await place.newPeople(
      'Blocked',
      'Blocker',
      'Muted',
      'Inactive',
      'Followed',
    );
    const asked = await place.newPerson('Asked', { visibility: 'private' });
    const open = await place.newPerson('Open', { visibility: 'private' });
    await follow(me!, friend!).expect(200);
    for (const whom of [blocked!, blocker!, muted!, inactive!, followed!]) {
      await follow(friend!, whom).expect(200);
      await follow(whom, me!).expect(200);
    }
    for (const whom of [asked, open]) await follow(whom, me!).expect(200);
    expect((await people(me!)).map(({ user }) => user.firstName).sort()).toEqual(
      ['Asked', 'Blocked', 'Blocker', 'Followed', 'Inactive', 'Muted', 'Open'].sort(),
    );
    await me!.browser.put(`${API}/users/me/blocks/${blocked!.id}`).expect(204);
    await blocker!.browser.put(`${API}/users/me/blocks/${me!.id}`).expect(204);
    await me!.browser.put(`${API}/users/me/mutes/${muted!.id}`).expect(204);
    await hide(inactive!);
    await follow(me!, followed!).expect(200);
    await follow(me!, asked).expect(200);
    // A private person who follows somebody can be found by them.
    expect((await people(me!)).map(({ user }) => user.firstName)).toEqual(['Open']);
  });

  it('tells of a common group only while both are in it', async () => {
    const [me, bruno, leader] = await place.newPeople('Me', 'Bruno', 'Leader');
    const group = await found(leader!, { title: 'Beekeepers' });
    await letIn(leader!, group, me!, bruno!);
    expect(await why(me!, bruno!)).toEqual(['group Beekeepers']);
    await bruno!.browser.delete(`${API}/groups/${group.id}/members/me`).expect(204);
    expect(await why(me!, bruno!)).toBeUndefined();
    await letIn(leader!, group, bruno!);
    await me!.browser.delete(`${API}/groups/${group.id}/members/me`).expect(204);
    expect(await people(me!)).toEqual([]);
    await letIn(leader!, group, me!);
    await leader!.browser.delete(`${API}/groups/${group.id}`).expect(204);
    expect(await people(me!)).toEqual([]);
  });

  it('tells of hashtags only by public posts that the viewer may see', async () => {
    const [me, bruno] = await place.newPeople('Me', 'Bruno');
    const chidi = await place.newPerson('Chidi', { visibility: 'private' });
    await write(me!, { content: 'My hives #apiary', audience: 'me' });
    await write(chidi, { content: 'Mine #apiary' });
    for (const audience of ['followers', 'unlisted', 'me'])
      await write(bruno!, { content: 'Mine #apiary', audience });
    expect(await why(me!, bruno!)).toBeUndefined();
    expect(await why(me!, chidi)).toBeUndefined();
    const post = await write(bruno!, { content: 'Look #apiary' });
    expect(await why(me!, bruno!)).toEqual(['hashtag apiary', 'active']);
    await bruno!.browser
      .put(`${API}/posts/${post.id}/audience`)
      .send({ audience: 'followers' })
      .expect(200);
    expect(await why(me!, bruno!)).toBeUndefined();
  });
});

describe('suggestions of people', () => {
  it('say every reason, the strongest first, and are ordered by what speaks for them', async () => {
    const [me, friend, ally] = await place.newPeople('Me', 'Friend', 'Ally');
    const [near, far, fan] = await place.newPeople('Near', 'Far', 'Fan');
    for (const one of [friend!, ally!]) {
      await follow(me!, one).expect(200);
      await follow(one, me!).expect(200);
    }
    // Friends of both of my friends; somebody whom one of them follows; and a follower.
    for (const one of [friend!, ally!]) {
      await follow(one, near!).expect(200);
      await follow(near!, one).expect(200);
    }
    await follow(friend!, far!).expect(200);
    await follow(near!, me!).expect(200);
    await follow(fan!, me!).expect(200);
    const suggested = await people(me!);
    expect(suggested.map(({ user }) => user.firstName)).toEqual(['Near', 'Fan', 'Far']);
    expect(await why(me!, near!)).toEqual(['followed 2 Ally Friend', 'follower']);
    expect(await why(me!, fan!)).toEqual(['follower']);
    expect(suggested[0]!.user.relation).toMatchObject({ followedBy: 'accepted' });
    expect(await people(me!)).toEqual(suggested);
    const { items } = await get(me!, 'discovery/people?limit=1');
    expect(items).toEqual(suggested.slice(0, 1));
  });

  it('take as many statements for many as for few', async () => {
    const [me, friend, ...others] = await place.newPeople('Me', 'Friend', 'A', 'B', 'C', 'D');
    await follow(me!, friend!).expect(200);
    await follow(friend!, others[0]!).expect(200);
    const count = () => statementsOf(place.app, () => people(me!));
    const one = await count();
    for (const other of others.slice(1)) await follow(friend!, other).expect(200);
    expect(await count()).toBe(one);
  });
});

describe('suggestions of groups', () => {
  it('tell that people one follows are in a group from three on, and name nobody', async () => {
    const [ada, bruno, chidi, dana] = await place.newPeople('Ada', 'Bruno', 'Chidi', 'Dana');
    const [few, many] = [
      await found(ada!, { title: 'Two of them' }),
      await found(bruno!, { title: 'Three of them' }),
    ];
    await letIn(ada!, few, bruno!);
    await letIn(bruno!, many, ada!, chidi!);
    for (const person of [ada!, bruno!, chidi!]) await follow(dana!, person).expect(200);
    expect((await whyGroup(dana!, many))?.kind).toBe('followed');
    expect((await whyGroup(dana!, few))?.kind).toBe('new');
    expect((await groups(dana!))[0]!.group.id).toBe(many.id);
    await ask(dana!, many).expect(204);
    const later = await groups(dana!);
    expect(later.map(({ group }) => group.id)).not.toContain(many.id);
    expect(JSON.stringify(later)).not.toContain('Bruno');
  });

  it('are about hashtags that one uses, by what everyone may read of a group', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    const [inTitle, inText, inside] = [
      await found(ada!, { title: 'Kayaks of the town' }),
      await found(ada!, { title: 'On the water', description: 'Paddles and #kayaks' }),
      await found(ada!, { title: 'Sailors' }),
    ];
    await write(ada!, { content: 'Secret #kayaks', audience: 'group', groupId: inside.id });
    await write(bruno!, { content: 'My first #Kayaks' });
    for (const group of [inTitle, inText])
      expect(await whyGroup(bruno!, group)).toEqual({ kind: 'hashtag', tag: 'kayaks' });
    expect((await whyGroup(bruno!, inside))?.kind).toBe('new');
    await ada!.browser.delete(`${API}/groups/${inText.id}`).expect(204);
    expect(await whyGroup(bruno!, inText)).toBeUndefined();
  });
});

describe('what one is not interested in', () => {
  it('is suggested no more, until one takes it back', async () => {
    const [me, fan, leader] = await place.newPeople('Me', 'Fan', 'Leader');
    await follow(fan!, me!).expect(200);
    const group = await found(leader!);
    for (let again = 0; again < 2; again++) {
      await dismiss(me!, `people/${fan!.id}`).expect(204);
      await dismiss(me!, `groups/${group.id}`).expect(204);
    }
    expect(await why(me!, fan!)).toBeUndefined();
    expect(await whyGroup(me!, group)).toBeUndefined();
    expect((await dismissed(me!)).map(({ kind }) => kind)).toEqual(['group', 'person']);
    // It is the viewer's own: others are shown as before.
    expect(await dismissed(fan!)).toEqual([]);
    expect(await whyGroup(fan!, group)).toBeDefined();
    for (const what of [`people/${fan!.id}`, `groups/${group.id}`]) {
      await takeBack(me!, what).expect(204);
      await takeBack(me!, what).expect(204);
    }
    expect(await why(me!, fan!)).toEqual(['follower']);
    expect(await whyGroup(me!, group)).toBeDefined();
    expect(await dismissed(me!)).toEqual([]);
  });

  it('may be said several times at once', async () => {
    const [me, fan] = await place.newPeople('Me', 'Fan');
    await Promise.all(
      Array.from({ length: 5 }, () => dismiss(me!, `people/${fan!.id}`).expect(204)),
    );
    expect(await dismissed(me!)).toHaveLength(1);
  });

  it('is listed as long as one may see it, page by page', async () => {
    const [me, bruno, chidi] = await place.newPeople('Me', 'Bruno', 'Chidi');
    const group = await found(bruno!, { title: 'Readers' });
    const post = await write(chidi!, { content: `Hello @${bruno!.id}, how are you?` });
    for (const what of [
      ...[`people/${bruno!.id}`, `groups/${group.id}`, `posts/${post.id}`],
      'hashtags/B%C3%84RLAUCH',
    ])
      await dismiss(me!, what).expect(204);
    const kept = await dismissed(me!);
    expect(kept).toMatchObject([
      { kind: 'hashtag', tag: 'bärlauch', person: null, group: null, post: null },
      { kind: 'post', post: { id: post.id, author: { id: chidi!.id } } },
      { kind: 'group', group: { id: group.id, title: 'Readers' } },
      { kind: 'person', person: { id: bruno!.id } },
    ]);
    expect(kept[1]!.post!.excerpt).toMatch(/^Hello @bruno\S*, how are you\?$/);
    const paged: Dismissal[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: Dismissal[]; nextCursor: string | null } = await get(
        me!,
        `discovery/dismissals?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(kept);

    await bruno!.browser.put(`${API}/users/me/blocks/${me!.id}`).expect(204);
    await chidi!.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    await bruno!.browser.delete(`${API}/groups/${group.id}`).expect(204);
    expect((await dismissed(me!)).map(({ kind }) => kind)).toEqual(['hashtag']);
  });

  it('is refused alike for what is hidden, what is not there, and nonsense', async () => {
    const [me, bruno] = await place.newPeople('Me', 'Bruno');
    const hidden = await write(bruno!, { audience: 'followers' });
    const group = await found(bruno!);
    await bruno!.browser.delete(`${API}/groups/${group.id}`).expect(204);
    await bruno!.browser.put(`${API}/users/me/blocks/${me!.id}`).expect(204);
    const nobody = '01900000-0000-7000-8000-000000000000';
    const bodies = await Promise.all(
      [
        ...[`people/${bruno!.id}`, `people/${nobody}`, 'people/nobody.at.all', 'people/%00'],
        ...[`groups/${group.id}`, `groups/${nobody}`, 'groups/x'],
        ...[`posts/${hidden.id}`, `posts/${nobody}`, 'posts/x'],
      ].map(async (what) => {
        const { body } = await dismiss(me!, what).expect(404);
        return { ...body, requestId: null };
      }),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    for (const tag of ['two%20words', '%23', 'x'.repeat(51)])
      await dismiss(me!, `hashtags/${tag}`).expect(400);
    expect(await dismissed(me!)).toEqual([]);
  });
});

describe('the settings', () => {
  it('take somebody out of all suggestions at once, and bring them back', async () => {
    const [me, shy] = await place.newPeople('Me', 'Shy');
    await follow(shy!, me!).expect(200);
    expect(await get(shy!, 'discovery/settings')).toEqual({
      isSuggested: true,
      usesInterests: true,
    });
    await choose(shy!, { isSuggested: false }).expect(200);
    expect(await people(me!)).toEqual([]);
    expect(await get(shy!, 'discovery/settings')).toMatchObject({ isSuggested: false });
    await choose(shy!, { isSuggested: true }).expect(200);
    expect(await why(me!, shy!)).toEqual(['follower']);
  });

  it('leave own groups and hashtags out, at once', async () => {
    const [me, bruno, chidi] = await place.newPeople('Me', 'Bruno', 'Chidi');
    const group = await found(bruno!, { title: 'Walkers' });
    const tagged = await found(chidi!, { title: 'Birdsong' });
    await letIn(bruno!, group, me!);
    await write(me!, { content: 'At dawn #birdsong' });
    await write(chidi!, { content: 'At dusk #birdsong' });
    expect(await why(me!, bruno!)).toEqual(['group Walkers']);
    expect(await why(me!, chidi!)).toEqual(['hashtag birdsong', 'active']);
    expect((await whyGroup(me!, tagged))?.kind).toBe('hashtag');
    await choose(me!, { usesInterests: false }).expect(200);
    expect(await why(me!, bruno!)).toBeUndefined();
    expect(await why(me!, chidi!)).toEqual(['active']);
    expect((await whyGroup(me!, tagged))?.kind).toBe('new');
  });

  it('are whole or refused, and may be saved several times at once', async () => {
    const me = await place.newPerson('Me');
    for (const body of [{}, { isSuggested: true }, { isSuggested: 'no', usesInterests: true }])
      await me.browser.put(`${API}/discovery/settings`).send(body).expect(400);
    await Promise.all(
      [true, false, true, false].map((isSuggested) => choose(me, { isSuggested }).expect(200)),
    );
    expect(await get(me, 'discovery/settings')).toMatchObject({ usesInterests: true });
  });
});

describe('bad questions', () => {
  it.each([
    'people?limit=0',
    'people?limit=31',
    'groups?limit=x',
    'hashtags?limit=-1',
    'people?cursor=x',
    'posts?cursor=x',
    'posts?limit=101',
    'posts?unknown=1',
    'dismissals?cursor=x',
  ])('are refused: %s', async (path) => {
    const me = await place.newPerson('Me');
    await me.browser.get(`${API}/discovery/${path}`).expect(400);
  });

  it('of nobody get nothing', async () => {
    for (const path of ['people', 'groups', 'posts', 'hashtags', 'dismissals', 'settings'])
      await place.app.anyone().get(`${API}/discovery/${path}`).expect(401);
  });
});
