import request from 'supertest';
import { setClock } from '../../src/platform/clock.js';
import { archivedLife } from '../support/archived-life.js';
import {
  ended,
  expectImportsToBeSound,
  importArchive,
  importOf,
  send,
} from '../support/imports.js';
import { neighbourhood } from '../support/neighbourhood.js';
import { postsOf } from '../support/posts.js';
import { API } from '../support/test-app.js';

const there = neighbourhood({ PUBLIC_URL: 'http://club.example' });
const here = neighbourhood();

let archive: Buffer;
beforeAll(async () => {
  ({ archive } = await archivedLife(there));
});
afterEach(() => expectImportsToBeSound(here.app));

const DAY_MS = 24 * 3600_000;

describe('who imports', () => {
  it('one at a time, five a day, and only for themselves', async () => {
    const [anna, dora] = await here.newPeople('Anna', 'Dora');
    await request(here.app.url)
      .post(`${API}/users/me/import`)
      .attach('file', archive, 'a.zip')
      .expect(401);
    const answers = await Promise.all([send(anna!, archive), send(anna!, archive)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(await importOf(dora!)).toBeNull();
    await ended(anna!);
    expect((await postsOf(anna!)).length).toBe(9);
    for (let count = 1; count < 5; count++) await importArchive(anna!, archive);
    expect((await send(anna!, archive).expect(409)).body.code).toBe('too-many-imports');
    setClock(Date.now() + DAY_MS + 60_000);
    await importArchive(anna!, archive);
  });

  it('by a form without scripts, which leads back to the page', async () => {
    const anna = await here.newPerson('Anna');
    const form = 'users/me/import/form';
    const refused = await send(anna, Buffer.from('no zip at all'), form).expect(303);
    expect(refused.headers['location']).toBe('/settings/import?refused=not-a-zip');
    const taken = await send(anna, archive, form).expect(303);
    expect(taken.headers['location']).toBe('/settings/import');
    expect(await ended(anna)).toMatchObject({ state: 'done' });
  });
});
