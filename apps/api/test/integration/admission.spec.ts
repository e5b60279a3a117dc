import type { NewInvitation } from '@echomate/contracts/admin.dto';
import type { UpdateSiteRequest } from '@echomate/contracts/site.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { logIn, PASSWORD, registration, signUp } from '../support/people.js';
import { run } from '../support/statements.js';
import { API, startTestApp, tokenIn, type TestApp } from '../support/test-app.js';

let app: TestApp;
let admin: Awaited<ReturnType<typeof signUp>>;
beforeAll(async () => {
  app = await startTestApp();
  admin = await signUp(app);
});
afterAll(() => app.close());

const settle = (changes: UpdateSiteRequest) =>
  admin.patch(`${API}/admin/site`).send(changes).expect(200);
const register = (values: Record<string, unknown>) =>
  app.anyone().post(`${API}/auth/register`).send(registration(values));
const confirm = async (email: string, count = 1) => {
  const token = tokenIn(await app.mail(email, count));
  return app.browser().post(`${API}/auth/email/verify`).send({ token, password: PASSWORD });
};
const invite = async (maxUses = 1): Promise<NewInvitation> =>
  (await admin.post(`${API}/admin/invitations`).send({ maxUses, days: 7 }).expect(201)).body;
const invitations = async () => (await admin.get(`${API}/admin/invitations`).expect(200)).body;
const offer = (token: string) => app.anyone().get(`${API}/auth/invitation`).query({ token });
const waiting = async () => (await admin.get(`${API}/admin/registrations`).expect(200)).body.items;
const people = async () =>
  Number((await app.get(Database).one<{ n: number }>(sql`SELECT count(*) AS n FROM users`))!.n);

afterEach(() => settle({ registration: 'open', rules: [] }));

describe('the settings of the site', () => {
  it('are told to every visitor as soon as they are saved, and sign its mails', async () => {
    await settle({ name: 'Bee Town', welcome: 'For beekeepers.', contact: 'hello@example.org' });
    const { body } = await app.anyone().get(`${API}/site`).expect(200);
    expect(body).toEqual({
      colour: 'marine',
      logo: null,
      name: 'Bee Town',
      welcome: 'For beekeepers.',
      contact: 'hello@example.org',
      rules: [],
      registration: 'open',
      isNew: false,
    });
    expect((await admin.get(`${API}/frame`).expect(200)).body.brand.name).toBe('Bee Town');
    await register({ email: 'mailed@example.org' }).expect(202);
    expect((await app.mail('mailed@example.org')).text).toMatch(/\n\nBee Town$/);
    await settle({ welcome: '', contact: '' });
    const cleared = await app.anyone().get(`${API}/site`).expect(200);
    expect(cleared.body).toMatchObject({ name: 'Bee Town', welcome: null, contact: null });
  });

  it.each([
    ['name', '', 'required'],
    ['name', 'x'.repeat(41), 'too-long'],
    ['rules', ['Be kind.', ''], 'required'],
    ['rules', Array.from({ length: 21 }, () => 'Be kind.'), 'too-many'],
    ['rules', 'Be kind.', 'not-text'],
    ['contact', 'nobody', 'invalid-email'],
    ['registration', 'closed', 'invalid-choice'],
    ['colour', 'red', 'invalid-choice'],
  ])('refuse as %s: %j', async (field, value, code) => {
    const { body } = await admin
      .patch(`${API}/admin/site`)
      .send({ [field]: value })
      .expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ field, code })]);
  });

  it('have rules that whoever registers accepts', async () => {
    await settle({ rules: [' Be kind. ', 'No advertising.'] });
    expect((await app.anyone().get(`${API}/site`)).body.rules).toEqual([
      'Be kind.',
      'No advertising.',
    ]);
    const { body } = await register({ email: 'rude@example.org' }).expect(400);
    expect(body.errors).toEqual([
      expect.objectContaining({ field: 'acceptsRules', code: 'rules-not-accepted' }),
    ]);
    await register({ email: 'rude@example.org', acceptsRules: false }).expect(400);
    await register({ email: 'kind@example.org', acceptsRules: true }).expect(202);
  });
});

describe('registration by invitation', () => {
  it('is refused without one, and takes a link that works', async () => {
    await settle({ registration: 'invitation' });
    const refused = await register({ email: 'alone@example.org' }).expect(403);
    expect(refused.body.code).toBe('invitation-needed');
    const { token, url, id } = await invite();
    expect(url).toContain(`/register?invitation=${token}`);
    await offer(token).expect(200);
    await register({ email: 'guest@example.org', invitation: token }).expect(202);
    expect((await confirm('guest@example.org')).status).toBe(200);
    const [shown] = (await invitations()).items;
    expect(shown).toMatchObject({ id, uses: 1, state: 'spent', maker: { firstName: 'Ada' } });
    expect(shown.people).toHaveLength(1);
    expect(JSON.stringify(await invitations())).not.toContain(token);
    const again = await register({ email: 'late@example.org', invitation: token }).expect(403);
    expect(again.body.code).toBe('invitation-spent');
  });

  it('says the same of a link that was revoked as of one that never was', async () => {
    await settle({ registration: 'invitation' });
    const { token, id } = await invite();
    await admin.delete(`${API}/admin/invitations/${id}`).expect(204);
    const [revoked, unknown] = [await offer(token), await offer('x'.repeat(32))];
    const told = ({ body: { requestId: _, ...rest } }: typeof revoked) => rest;
    expect(told(revoked)).toEqual(told(unknown));
    expect(revoked.body).toMatchObject({ status: 403, code: 'invitation-unknown' });
    await admin.delete(`${API}/admin/invitations/${id}`).expect(204);
    const nobodys = '01970000-0000-7000-8000-000000000000';
    await admin.delete(`${API}/admin/invitations/${nobodys}`).expect(404);
  });

  it('says that a link has ended', async () => {
    await settle({ registration: 'invitation' });
    const { token, id } = await invite();
    await run(
      app,
      sql`UPDATE invitations SET ends_at = '2026-01-01T00:00:00.000Z' WHERE id = ${id}`,
    );
    expect((await offer(token).expect(403)).body.code).toBe('invitation-ended');
  });

  it('counts a use when an account opens, and lets in exactly as many of 50 at once', async () => {
    await settle({ registration: 'invitation' });
    const { token, id } = await invite(7);
    const emails = Array.from({ length: 50 }, (_, at) => `crowd${at}@example.org`);
    for (const email of emails) await register({ email, invitation: token }).expect(202);
    // Registering alone uses nothing up.
    expect((await invitations()).items[0]).toMatchObject({ id, uses: 0, state: 'open' });
    const tokens = await Promise.all(emails.map(async (email) => tokenIn(await app.mail(email))));
    const before = await people();
    const outcomes = await Promise.all(
      tokens.map((link) =>
        app.browser().post(`${API}/auth/email/verify`).send({ token: link, password: PASSWORD }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(7);
    const refused = outcomes.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['invitation-spent']));
    expect(await people()).toBe(before + 7);
    const [shown] = (await invitations()).items;
    expect(shown).toMatchObject({ uses: 7, state: 'spent' });
    expect(shown.people).toHaveLength(7);
  });

  it('holds for those who registered before the site was closed', async () => {
    await register({ email: 'slow@example.org' }).expect(202);
    const token = tokenIn(await app.mail('slow@example.org'));
    await settle({ registration: 'invitation' });
    const open = () =>
      app.browser().post(`${API}/auth/email/verify`).send({ token, password: PASSWORD });
    expect((await open().expect(403)).body.code).toBe('invitation-needed');
    await settle({ registration: 'open' });
    await open().expect(200);
  });

  it('keeps nobody out where everyone may come', async () => {
    const { token, id } = await invite();
    await admin.delete(`${API}/admin/invitations/${id}`).expect(204);
    await register({ email: 'anyway@example.org', invitation: token }).expect(202);
    expect((await confirm('anyway@example.org')).status).toBe(200);
  });
});

describe('registration by approval', () => {
  const apply = async (email: string, values: Record<string, unknown> = {}) => {
    await register({ email, words: 'Two hives.', ...values }).expect(202);
    const { body, status } = await confirm(email);
    expect({ status, body }).toEqual({ status: 200, body: { purpose: 'application', email } });
  };
  const login = (email: string, password = PASSWORD) =>
    app.anyone().post(`${API}/auth/login`).send({ email, password });

  it('takes a few words, waits for an admin, and shows the person to nobody before', async () => {
    await settle({ registration: 'approval' });
    const { body } = await register({ email: 'mute@example.org' }).expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ field: 'words', code: 'required' })]);
    const before = await people();
    await apply('hopeful@example.org', { firstName: 'Hopeful' });
    expect(await people()).toBe(before);
    const found = await admin.get(`${API}/users`).query({ q: 'hopeful' }).expect(200);
    expect(found.body.items).toEqual([]);
    expect((await admin.get(`${API}/frame`)).body.unseen.registrations).toBe(1);
    const [one] = await waiting();
    expect(one).toMatchObject({ firstName: 'Hopeful', words: 'Two hives.' });

    expect((await login('hopeful@example.org').expect(403)).body.code).toBe('waits-for-approval');
    const wrong = await login('hopeful@example.org', 'not the password').expect(401);
    const nobody = await login('nobody@example.org', 'not the password').expect(401);
    expect(wrong.body.code).toBe(nobody.body.code);

    await admin.post(`${API}/admin/registrations/${one.id}/accept`).expect(204);
    await app.mailAbout('hopeful@example.org', "You're in");
    await logIn(app, 'hopeful@example.org');
    expect(await waiting()).toEqual([]);
    await admin.post(`${API}/admin/registrations/${one.id}/accept`).expect(404);
  });

  it('tells who is refused, with the reason, and keeps nothing of them', async () => {
    await settle({ registration: 'approval' });
    await apply('refused@example.org');
    const [{ id }] = await waiting();
    await admin
      .post(`${API}/admin/registrations/${id}/refuse`)
      .send({ reason: 'For members only.' })
      .expect(204);
    const { text } = await app.mailAbout('refused@example.org', "You weren't let in");
    expect(text).toContain('For members only.');
    expect((await login('refused@example.org').expect(401)).body.code).toBe('wrong-credentials');
    const kept = await app
      .get(Database)
      .one(sql`SELECT id FROM registrations WHERE email = 'refused@example.org'`);
    expect(kept).toBeNull();
  });

  it('is decided once, however many decide at once', async () => {
    await settle({ registration: 'approval' });
    await apply('contested@example.org');
    const [{ id }] = await waiting();
    const decide = (how: string) => admin.post(`${API}/admin/registrations/${id}/${how}`).send({});
    const before = await people();
    const outcomes = await Promise.all([
      ...['accept', 'refuse', 'accept', 'refuse', 'accept', 'refuse'].map(decide),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404, 404]);
    const accepted = outcomes.findIndex(({ status }) => status === 204) % 2 === 0;
    expect(await people()).toBe(before + (accepted ? 1 : 0));
  });

  it('keeps the newest of an address, and sends no confirmed one elsewhere', async () => {
    await settle({ registration: 'approval' });
    const browser = app.browser();
    const form = registration({ email: 'twice@example.org', words: 'First.' });
    await browser.post(`${API}/auth/register`).send(form).expect(202);
    const token = tokenIn(await app.mail('twice@example.org'));
    await browser.post(`${API}/auth/email/verify`).send({ token, password: PASSWORD }).expect(200);
    await browser
      .put(`${API}/auth/register/email`)
      .send({ email: 'elsewhere@example.org' })
      .expect(404);
    await register({ email: 'twice@example.org', words: 'Second.' }).expect(202);
    await confirm('twice@example.org', 2);
    const all = await waiting();
    expect(all.map(({ words }: { words: string }) => words)).toEqual(['Second.']);
    await admin.post(`${API}/admin/registrations/${all[0].id}/accept`).expect(204);
  });

  it('lets in at once who was invited', async () => {
    await settle({ registration: 'approval' });
    const { token } = await invite();
    await register({ email: 'invited@example.org', invitation: token }).expect(202);
    expect((await confirm('invited@example.org')).body.purpose).toBe('registration');
  });
});
