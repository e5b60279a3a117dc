import { REACH, SCOPES, scopeOf, type Scope } from '@echomate/contracts/scopes';
import { PERMISSIONS } from '@echomate/contracts/permissions';
import { createApiDocument } from '../../src/platform/http/api-docs.js';
import { between, said } from '../support/chat.js';
import { jobsDone } from '../support/events.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { listsSettled, upload, write } from '../support/posts.js';
import { makeRole } from '../support/moderation.js';
import { makeToken, withToken } from '../support/programs.js';
import { routesOf } from '../support/routes.js';
import { API } from '../support/test-app.js';

const town = neighbourhood();
const NOTHING = '01970000-0000-7000-8000-000000000000';

/** Where no token is enough; each route of these that is not public is here. */
const SESSION_ONLY = [
  'DELETE auth/sessions',
  'DELETE auth/sessions/:id',
  'DELETE auth/tokens/:id',
  'DELETE notifications/push/:id',
  'DELETE users/me/calendar',
  'GET auth/history',
  'GET auth/outside/connected',
  'GET auth/passkeys',
  'GET auth/session',
  'GET auth/sessions',
  'GET auth/tokens',
  'GET auth/two-step',
  'GET frame',
  'GET notifications/push',
  'GET users/me/calendar',
  'GET users/me/deletion/groups',
  'GET users/me/export',
  'GET users/me/export/archive',
  'GET users/me/import',
  'GET users/me/import/people',
  'PATCH auth/passkeys/:id',
  'POST auth/email',
  'POST auth/logout',
  'POST auth/outside/connected/:id/disconnect',
  'POST auth/passkeys',
  'POST auth/passkeys/:id/removal',
  'POST auth/passkeys/offer',
  'POST auth/proof/challenge',
  'POST auth/tokens',
  'POST auth/two-step/app',
  'POST auth/two-step/off',
  'POST auth/two-step/passkeys',
  'POST auth/two-step/recovery-codes',
  'POST users/me/calendar',
  'POST users/me/deactivation',
  'POST users/me/deletion',
  'POST users/me/export',
  'POST users/me/import',
  'POST users/me/import/form',
  'PUT admin/people/:id/role',
  'PUT auth/password',
  'PUT auth/two-step/app',
  'PUT notifications/push',
];

const routes = () =>
  routesOf(town.app).map(({ method, path }) => ({
    method: method.toUpperCase(),
    path: path.replace(`${API}/`, ''),
  }));

interface Operation {
  security?: Record<string, string[]>[];
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}

const operations = () => {
  const document = createApiDocument(town.app.app);
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path.replace(`${API}/`, '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
      operation: operation as Operation,
      schemas: document.components!.schemas as Record<string, { properties?: object }>,
    })),
  );
};

describe('the table of scopes', () => {
  it('has a line for every route, and no other', () => {
    const words = new Set(routes().map(({ path }) => path.split('/')[0]!));
    expect([...words].filter((word) => !(word in REACH))).toEqual([]);
    const starts = Object.keys(REACH).filter(
      (start) => !routes().some(({ path }) => `${path}/`.startsWith(`${start}/`)),
    );
    expect(starts).toEqual([]);
  });

  it('gives the routes of those who look after the site to nothing but `manage`', () => {
    expect(Object.keys(PERMISSIONS).length).toBeGreaterThan(0);
    for (const { method, path } of routes())
      if (/^(admin|moderation)\//.test(path))
        expect([null, 'manage']).toContain(scopeOf(method, path));
  });

  it('takes a session wherever the password is asked for', () => {
    const asking = operations().filter(({ operation, schemas }) =>
      Object.values(operation.requestBody?.content ?? {}).some(({ schema }) => {
        const fields = schemas[schema.$ref?.split('/').at(-1) ?? '']?.properties ?? {};
        return Object.keys(fields).some((field) => /password/i.test(field));
      }),
    );
    expect(asking.length).toBeGreaterThan(6);
    expect(
      asking
        .filter(({ operation }) => operation.security?.some((way) => 'bearer' in way))
        .map(({ name }) => name),
    ).toEqual([]);
  });

  it('says in the API document what the guard asks', () => {
    for (const { name, operation } of operations()) {
      if (!operation.security) continue;
      const [method, path] = name.split(' ') as [string, string];
      const scope = scopeOf(method, path);
      expect({ [name]: operation.security }).toEqual({
        [name]: [{ cookie: [] }, ...(scope ? [{ bearer: [scope] }] : [])],
      });
    }
  });
});

describe('a token', () => {
  let admin: Person;
  const tokens = {} as Record<Scope, string>;
  beforeAll(async () => {
    admin = await town.newPerson('Ada');
    await makeRole(town.app, admin, 'admin');
    for (const scope of SCOPES)
      tokens[scope] = (await makeToken(admin.browser, { scopes: [scope] })).token;
  });

  const answerOf = async (scope: Scope, method: string, path: string) => {
    const url = path.replaceAll(/:\w+/g, NOTHING);
    const { body } = await withToken(town.app, tokens[scope], url, method.toLowerCase() as 'get');
    return (body as { code?: string } | undefined)?.code;
  };

  it('does on every route what its scope says, and nothing where a session is needed', async () => {
    const open = new Set(
      operations()
        .filter(({ operation }) => !operation.security)
        .map(({ name }) => name),
    );
    const refused: string[] = [];
    let asked = 0;
    for (const { method, path } of routes()) {
      const name = `${method} ${path}`;
      if (open.has(name) || path.startsWith('calendars/')) continue;
      const needed = scopeOf(method, path);
      if (!needed) refused.push(name);
      for (const scope of SCOPES) {
        const code = await answerOf(scope, method, path);
        const expected = needed === null ? 'session-needed' : 'scope-missing';
        expect({ [`${scope} ${name}`]: code === expected }).toEqual({
          [`${scope} ${name}`]: scope !== needed,
        });
        asked++;
      }
    }
    expect(refused.sort()).toEqual(SESSION_ONLY);
    expect(asked).toBeGreaterThan(500);
  });

  it('shows no message on any page without `messages`', async () => {
    const [ann, ben] = await town.newPeople('Ann', 'Ben');
    await follow(ann!, ben!);
    await follow(ben!, ann!);
    const conversation = await between(ann!, ben!);
    await said(ben!, conversation, 'A quiet xylophone');
    const answers = async (scopes: Scope[]) => {
      const { token } = await makeToken(ann!.browser, { scopes });
      const found: string[] = [];
      for (const { method, path } of routes()) {
        if (method !== 'GET' || path.startsWith('dev/')) continue;
        const url = path
          .replace(/^(conversations|groups)\/:id/, `$1/${conversation.id}`)
          .replaceAll(/:\w+/g, ann!.id);
        const { text } = await withToken(town.app, token, `${url}?q=xylophone`);
        const { text: plain } = await withToken(town.app, token, url);
        if (`${text}${plain}`.includes('quiet xylophone')) found.push(path);
      }
      return found;
    };
    expect(await answers(['read', 'write', 'manage'])).toEqual([]);
    expect((await answers(['read', 'messages'])).length).toBeGreaterThan(3);

    const mediaId = await upload(ben!);
    await said(ben!, conversation, 'Look', { mediaIds: [mediaId] });
    for (const path of [`media/${mediaId}`, `media/${mediaId}/thumb`]) {
      const statusOf = async (scopes: Scope[]) => {
        const { token } = await makeToken(ann!.browser, { scopes });
        return (await withToken(town.app, token, path)).status;
      };
      expect(await statusOf(['read', 'write', 'manage'])).toBe(404);
      expect(await statusOf(['read', 'messages'])).toBe(200);
    }
  });

  it('shows exactly what its owner sees', async () => {
    const [bruno, chidi, dora] = await town.newPeople('Bruno', 'Chidi', 'Dora');
    const hidden = await town.newPerson('Eve', {});
    await hidden.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    for (const whom of [bruno!, chidi!, hidden]) await follow(dora!, whom);
    const posts = [
      await write(bruno!, { audience: 'public' }),
      await write(bruno!, { audience: 'followers' }),
      await write(bruno!, { audience: 'me' }),
      await write(hidden, { audience: 'public' }),
    ];
    await chidi!.browser.put(`${API}/users/me/blocks/${dora!.id}`).expect(204);
    await listsSettled(town.app);
    await jobsDone(town.app);
    const { token } = await makeToken(dora!.browser, { scopes: ['read', 'messages'] });
    const paths = [
      ...['feed', 'users', 'users/me', 'users/me/blocks', 'followers/unseen', 'groups'],
      ...['follow-requests', 'notifications', 'conversations', 'discovery/people', 'search?q=b'],
      ...posts.map(({ id }) => `posts/${id}`),
      ...[bruno!, chidi!, dora!, hidden].flatMap(({ id }) => [
        `users/${id}`,
        `users/${id}/posts`,
        `users/${id}/followers`,
        `users/${id}/following`,
      ]),
    ];
    const statuses = new Set<number>();
    for (const path of paths) {
      const own = await dora!.browser.get(`${API}/${path}`);
      const given = await withToken(town.app, token, path);
      statuses.add(own.status);
      expect({ path, status: given.status, body: comparable(given.body) }).toEqual({
        path,
        status: own.status,
        body: comparable(own.body),
      });
    }
    expect([...statuses].sort()).toEqual([200, 404]);
  });
});

/** Cursors are encrypted anew each time, and every request has an id of its own. */
const comparable = (body: object): object =>
  JSON.parse(
    JSON.stringify(body, (key, value: unknown) =>
      /cursor$|^requestId$/i.test(key) && value !== null ? 'some' : value,
    ),
  ) as object;
