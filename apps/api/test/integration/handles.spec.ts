import { LIMITS } from '@echomate/contracts/limits';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { names, neighbourhood, type Person } from '../support/neighbourhood.js';
import { registration, signUp } from '../support/people.js';
import { comment, contents, get, write } from '../support/posts.js';
import { API, tokenIn } from '../support/test-app.js';
import { until } from '../support/until.js';

const town = neighbourhood();

let ada: Person;
let bruno: Person;
beforeAll(async () => {
  ada = await town.newPerson('Ada', { handle: 'ada' });
  bruno = await town.newPerson('Bruno', { handle: 'bruno' });
});

const handleOf = async (who: Person): Promise<string> => (await get(who, 'users/me')).handle;
const change = (who: Person, handle: string) =>
  who.browser.put(`${API}/users/me/handle`).send({ handle });
const freeHandle = async (query: Record<string, string>): Promise<string> =>
  (await town.app.anyone().get(`${API}/auth/handle`).query(query).expect(200)).body.handle;
const find = (who: Person, handle: string) => who.browser.get(`${API}/users/${handle}`);
const block = (who: Person, whom: Person) =>
  who.browser.put(`${API}/users/me/blocks/${whom.id}`).expect(204);
const register = (values: Record<string, unknown>) =>
  town.app.anyone().post(`${API}/auth/register`).send(registration(values));
/** Lets the time pass for which handles are kept. */
const ripen = () =>
  town.app
    .get(Database)
    .transaction((transaction) =>
      transaction.run(sql`UPDATE former_handles SET until = '2026-01-01T00:00:00.000Z'`),
    );

describe('at registration', () => {
  it('a handle is chosen in any letter case, and stands on the card', async () => {
    const hanna = await town.newPerson('Hanna', { handle: '@Hanna.Berg' });
    expect(await handleOf(hanna)).toBe('hanna.berg');
    expect((await find(bruno, hanna.id).expect(200)).body.handle).toBe('hanna.berg');
    const [found] = await get(bruno, 'users?q=Hanna').then(({ items }) => items);
    expect(found.handle).toBe('hanna.berg');
  });

  it('one is made of the name where none is chosen; the next of that name get others', async () => {
    const made = [];
    for (let count = 0; count < 6; count++)
      made.push(await handleOf(await town.newPerson('Zoë', { lastName: 'Łoś', handle: '' })));
    expect(made.slice(0, 4)).toEqual(['zoe', 'zoe.los', 'zoelos', 'los.zoe']);
    expect(new Set(made).size).toBe(6);
    for (const handle of made.slice(4)) expect(handle).toMatch(/^zoe\d\d$/);
  });

  it.each(['a', 'ada okafor', 'аda', 'ada.', '-ada', '12345', 'a'.repeat(31)])(
    '%j is refused with what a handle may be',
    async (handle) => {
      const { body } = await register({ email: 'odd@example.org', handle }).expect(400);
      expect(body.errors).toEqual([
        expect.objectContaining({ field: 'handle', code: 'invalid-handle' }),
      ]);
    },
  );

  it('one that is taken is refused, whatever the address, and a free one is named', async () => {
    for (const email of ['new@example.org', ada.email]) {
      const { body } = await register({ email, handle: 'ADA' }).expect(400);
      expect(body.errors).toEqual([
        expect.objectContaining({
          field: 'handle',
          code: 'handle-taken',
          parameters: { handle: 'ada', free: expect.stringMatching(/^ada./) },
        }),
      ]);
    }
  });

  it('reserved, taken, given up and hidden ones get the same answer', async () => {
    const gone = await town.newPerson('Gone', { handle: 'gone' });
    const messages = new Set<string>();
    await town.app.get(AccountStatesService).deactivate(gone.id);
    for (const handle of ['admin', 'bruno', 'gone']) {
      const { body } = await register({ email: 'same@example.org', handle }).expect(400);
      messages.add(body.errors[0].message.replaceAll(/@[a-z.\d]+/g, '@x'));
    }
    expect(messages.size).toBe(1);
  });

  it('is a wish until the account opens: of two who wish for the same, the second gets another', async () => {
    const emails = ['wish-1@example.org', 'wish-2@example.org'];
    for (const email of emails) await register({ email, handle: 'wished' }).expect(202);
    const handles = [];
    for (const email of emails) {
      const browser = town.app.browser();
      const token = tokenIn(await town.app.mail(email));
      await browser
        .post(`${API}/auth/email/verify`)
        .send({ token, password: 'nine red umbrellas' })
        .expect(200);
      handles.push((await browser.get(`${API}/users/me`)).body.handle);
    }
    expect(handles[0]).toBe('wished');
    expect(handles[1]).not.toBe('wished');
  });

  it('is suggested to whoever fills in the form', async () => {
    expect(await freeHandle({ wanted: 'brand.new' })).toBe('brand.new');
    expect(await freeHandle({ wanted: 'ada', firstName: 'Ada', lastName: 'Novák' })).toBe(
      'ada.novak',
    );
    expect(await freeHandle({ firstName: 'Ольга', lastName: 'Ли' })).toBe('olga');
    expect(await freeHandle({ firstName: '🐝', lastName: '' })).toMatch(/^[a-z\d]{2,}$/);
    expect(await freeHandle({})).toMatch(/^member\d\d$/);
  });
});

describe('a handle', () => {
  it('stands for the id wherever a path names a person', async () => {
    const dora = await town.newPerson('Dora', { handle: 'dora' });
    const eve = await town.newPerson('Eve', { visibility: 'private', handle: 'eve' });
    for (const path of ['', '/posts', '/followers', '/following', '/mutuals', '/activity'])
      expect(await get(dora, `users/Bruno${path}`)).toEqual(
        await get(dora, `users/${bruno.id}${path}`),
      );
    const ask = (who: Person, method: 'put' | 'post' | 'delete', path: string, status = 204) =>
      who.browser[method](`${API}/${path}`).expect(status);
    await ask(dora, 'put', 'users/eve/follow', 200);
    await ask(eve, 'post', 'follow-requests/dora/accept');
    expect((await find(dora, '@eve')).body.relation.following.status).toBe('accepted');
    await ask(eve, 'delete', 'followers/dora');
    await ask(dora, 'put', 'users/eve/follow', 200);
    await ask(eve, 'post', 'follow-requests/dora/decline');
    await ask(dora, 'delete', 'users/eve/follow');
    await ask(dora, 'put', 'users/me/mutes/eve');
    await ask(dora, 'delete', 'users/me/mutes/eve');
    await ask(dora, 'put', 'users/me/blocks/eve');
    await ask(dora, 'delete', `users/me/blocks/${eve.id}`);
  });

  it('of somebody hidden is like one that nobody has, for reading and for acting', async () => {
    const fay = await town.newPerson('Fay', { handle: 'fay' });
    const gil = await town.newPerson('Gil', { handle: 'gil' });
    await block(gil, fay);
    const answers = async (handle: string) => {
      const all = [];
      for (const [method, path] of [
        ...['', '/posts', '/followers', '/activity'].map((tab) => ['get', `users/${handle}${tab}`]),
        ...['put', 'delete'].flatMap((method) =>
          [`users/${handle}/follow`, `users/me/blocks/${handle}`, `users/me/mutes/${handle}`].map(
            (path) => [method, path],
          ),
        ),
        ['delete', `followers/${handle}`],
        ['post', `follow-requests/${handle}/accept`],
      ] as ['get' | 'put' | 'delete' | 'post', string][]) {
        const { status, body } = await fay.browser[method](`${API}/${path}`);
        all.push([method, status, { ...body, requestId: '' }]);
      }
      return all;
    };
    const absent = await answers('nobody.has.this');
    expect(absent.every(([, status]) => status === 404)).toBe(true);
    expect(await answers('gil')).toEqual(absent);
    await town.app.get(AccountStatesService).deactivate(gil.id);
    expect(await answers('gil')).toEqual(absent);
    expect(await answers('..')).toEqual(absent.map(() => expect.anything()));
  });

  it('finds people, with its sign or without', async () => {
    const kay = await town.newPerson('Kay', { handle: 'quite-else' });
    for (const q of ['quite-e', '@Quite', '@quite-else']) {
      const { body } = await bruno.browser.get(`${API}/users`).query({ q }).expect(200);
      expect(names(body.items)).toEqual(['Kay']);
    }
    await change(kay, 'kay.now').expect(200);
    expect((await bruno.browser.get(`${API}/users?q=quite`)).body.items).toEqual([]);
    expect(names((await bruno.browser.get(`${API}/users?q=@kay.n`)).body.items)).toEqual(['Kay']);
  });
});

describe('a change of handle', () => {
  it('leaves the former one leading to the person, and to nobody else', async () => {
    const mia = await town.newPerson('Mia', { handle: 'mia' });
    const nia = await town.newPerson('Nia', { handle: 'nia' });
    const { body } = await change(mia, '@Mia.New').expect(200);
    expect(body.handle).toBe('mia.new');
    for (const handle of ['mia', 'mia.new'])
      expect((await find(nia, handle).expect(200)).body).toMatchObject({
        id: mia.id,
        handle: 'mia.new',
      });
    const refused = await change(nia, 'mia').expect(400);
    expect(refused.body.errors[0].field).toBe('handle');
    expect(await freeHandle({ wanted: 'mia' })).not.toBe('mia');
    await block(mia, nia);
    await find(nia, 'mia').expect(404);
    await mia.browser.delete(`${API}/users/me/blocks/${nia.id}`).expect(204);

    await ripen();
    await find(nia, 'mia').expect(404);
    await change(nia, 'mia').expect(200);
    expect((await find(mia, 'mia').expect(200)).body.id).toBe(nia.id);
  });

  it('can be taken back, and keeps as many former ones as it says', async () => {
    const oda = await town.newPerson('Oda', { handle: 'oda0' });
    for (let count = 1; count <= LIMITS.handle.maxKept; count++)
      await change(oda, `oda${count}`).expect(200);
    const { body } = await change(oda, 'oda9').expect(400);
    expect(body.errors[0].message).toContain('@oda0');
    await change(oda, 'oda0').expect(200);
    await change(oda, 'oda3').expect(200);
    await change(oda, 'oda3').expect(200);
    await ripen();
    await change(oda, 'oda9').expect(200);
  });

  it('is refused for those that are not free or no handles', async () => {
    for (const handle of ['ada', 'ADA', 'admin', 'a b', '', 'me'])
      await change(bruno, handle).expect(400);
    expect(await handleOf(bruno)).toBe('bruno');
  });

  it('of two at once to the same one succeeds for one', async () => {
    const both = [await town.newPerson('Pia'), await town.newPerson('Quin')];
    const answers = await Promise.all(both.map((one) => change(one, 'the.same')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });
});

it('a handle of a removed account is nobody’s for a while', async () => {
  const rex = await town.newPerson('Rex', { handle: 'rex' });
  await change(rex, 'rex.two').expect(200);
  await town.app.get(AccountRemovalService).remove(rex.id);
  await until('the account is removed', async () => {
    const row = await town.app.get(Database).one(sql`SELECT id FROM users WHERE id = ${rex.id}`);
    return !row;
  });
  for (const handle of ['rex', 'rex.two']) {
    await find(bruno, handle).expect(404);
    await change(bruno, handle).expect(400);
  }
  await ripen();
  await signUp(town.app, { email: 'rex2@example.org', handle: 'rex' });
});

describe('typed mentions', () => {
  it('become the person’s, in posts, comments and shares, and follow a change of handle', async () => {
    const sam = await town.newPerson('Sam', { handle: 'sam' });
    const post = await write(bruno, { content: 'Thanks @Sam, and (@ada)!' });
    expect(post.content).toBe(`Thanks @${sam.id}, and (@${ada.id})!`);
    expect(post.mentions.map(({ handle }) => handle)).toEqual(['sam', 'ada']);
    expect(contents((await get(sam, 'users/me/mentions')).items)).toEqual([post.content]);
    const said = await comment(bruno, post, { content: '@sam?' });
    expect(said.content).toBe(`@${sam.id}?`);
    const shared = await bruno.browser
      .post(`${API}/posts/${post.id}/share`)
      .send({ audience: 'public', content: 'For @sam' })
      .expect(201);
    expect(shared.body.mentions[0].id).toBe(sam.id);

    await change(sam, 'samuel').expect(200);
    const [mentioned] = (await get(ada, `posts/${post.id}`)).mentions;
    expect(mentioned).toMatchObject({ id: sam.id, handle: 'samuel' });
  });

  it('count when they are edited in, and an edit that changes nothing is none', async () => {
    const tim = await town.newPerson('Tim', { handle: 'tim' });
    const post = await write(bruno, { content: 'Hi' });
    const edit = (path: string, content: string) =>
      bruno.browser.patch(`${API}/${path}`).send({ content }).expect(200);
    const edited = await edit(`posts/${post.id}`, 'Hi @tim');
    expect(edited.body.content).toBe(`Hi @${tim.id}`);
    const again = await edit(`posts/${post.id}`, 'Hi @Tim');
    expect(again.body.editedAt).toBe(edited.body.editedAt);
    const said = await comment(bruno, post);
    expect((await edit(`comments/${said.id}`, '@tim')).body.content).toBe(`@${tim.id}`);
  });

  it.each([
    'mail ada@ada.example',
    'x@ada',
    'https://a.example/@ada?to=@ada',
    '@ada@elsewhere.example',
    '@adaé',
    '@nobody.has.this',
    '@@ada',
    '/@ada',
  ])('%j is none', async (content) => {
    expect((await write(bruno, { content })).content).toBe(content);
  });

  it('of somebody hidden stay words, like the handle of nobody', async () => {
    const uma = await town.newPerson('Uma', { handle: 'uma' });
    await block(uma, bruno);
    const post = await write(bruno, { content: '@uma @nobody.has.this' });
    expect(post).toMatchObject({ content: '@uma @nobody.has.this', mentions: [] });
    expect((await get(uma, 'users/me/mentions')).items).toEqual([]);
  });

  it('are counted', async () => {
    const handles = [];
    for (let count = 0; count <= LIMITS.post.maxMentions; count++) {
      const handle = `many${String.fromCharCode(97 + count)}`;
      await town.newPerson('Many', { handle });
      handles.push(`@${handle}`);
    }
    await bruno.browser
      .post(`${API}/posts`)
      .send({ audience: 'public', content: handles.join(' ') })
      .expect(400);
    await write(bruno, { content: handles.slice(1).join(' ') });
  });
});
