import { faultAt } from '../support/faults.js';
import { registration, signUp } from '../support/people.js';
import { API, startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let browser: Awaited<ReturnType<typeof signUp>>;
beforeAll(async () => {
  app = await startTestApp();
  browser = await signUp(app);
});
afterAll(() => app.close());

const FIELDS = ['firstName', 'lastName', 'nickname'] as const;

describe('names', () => {
  it.each([
    ['a direction override', 'Ada\u202Eavdelo'],
    ['an isolate', 'Ada\u2066x\u2069'],
    ['a right-to-left mark', '\u200FAda'],
    ['a zero-width space', 'A\u200Bda'],
    ['a word joiner', 'Ada\u2060'],
    ['a byte order mark', 'A\uFEFFda'],
    ['a soft hyphen', 'A\u00ADda'],
    ['a joiner between Latin letters', 'A\u200Dda'],
    ['a non-joiner between Latin letters', 'A\u200Cda'],
    ['a joiner at the end', 'علی\u200D'],
    ['a tag character', 'Ada\u{E0041}'],
    ['a variation selector', 'Ada\uFE0F'],
    ['a Hangul filler', 'Ada\u3164'],
    ['a half-width filler', '\uFFA0'],
    ['fillers alone', '\u3164\u3164'],
    ['blank Braille', '\u2800\u2800'],
    ['a line separator', 'Ada\u2028x'],
    ['a private character', 'Ada\uE000'],
    ['half a character', 'Ada\uD83D'],
    ['punctuation alone', '...'],
    ['marks alone', '\u0301\u0302'],
    ['a picture alone', '🐝'],
  ])('are refused with %s', async (_, name) => {
    for (const field of FIELDS) {
      const { body } = await browser
        .patch(`${API}/users/me`)
        .send({ [field]: name })
        .expect(400);
      expect(body.errors).toEqual([faultAt(field)]);
    }
    await app
      .anyone()
      .post(`${API}/auth/register`)
      .send(registration({ email: 'new@example.org', firstName: name }))
      .expect(400);
  });

  it.each([
    ['Persian, with a non-joiner', 'علی\u200Cرضا'],
    ['Devanagari, with a joiner', 'क्\u200Dष'],
    ['Sinhala, with a joiner', 'ශ්\u200Dරී'],
    ['Vietnamese', 'Nguyễn Thị Ánh'],
    ['Hebrew', 'רות'],
    ['Korean', '김민준'],
    ['Irish', 'Ó Súilleabháin'],
    ['a hyphen and an apostrophe', "Anne-Marie d'Été"],
    ['a number', 'X Æ 12'],
    ['a picture beside it', 'Ada ❤️ 👩\u200D🌾'],
    ['letters beyond the basic plane', '𠮷野'],
  ])('may be %s', async (_, name) => {
    for (const field of FIELDS) {
      const { body } = await browser
        .patch(`${API}/users/me`)
        .send({ [field]: name })
        .expect(200);
      expect(body[field]).toBe(name.normalize('NFC'));
    }
  });
});

describe('email addresses', () => {
  it.each([
    ['a letter that becomes plain in lower case', '\u212Aim@example.org'],
    ['a look-alike letter', 'аda@example.org'],
    ['a domain in other letters', 'ada@exämple.org'],
    ['a full-width sign', 'ada＠example.org'],
    ['half a character', 'ada\uD83D@example.org'],
    ['a zero-width space', 'a\u200Bda@example.org'],
    ['a long local part', `${'a'.repeat(65)}@example.org`],
    ['a quoted local part', '"ada@example.com"@example.org'],
    ['a comment', 'ada(at home)@example.org'],
    ['a line break', 'ada@example.org\nbcc: eve@example.org'],
    ['no text but a megabyte of it', 'a'.repeat(200_000)],
  ])('are refused with %s', async (_, email) => {
    for (const [path, body, field] of [
      ['register', registration({ email }), 'email'],
      ['email', { newEmail: email, password: 'seven green bicycles' }, 'newEmail'],
    ] as const) {
      const answer = await browser.post(`${API}/auth/${path}`).send(body).expect(400);
      expect(answer.body.errors).toEqual([faultAt(field)]);
    }
    // Where an address is only looked up it is at worst unknown.
    const { status } = await app.anyone().post(`${API}/auth/login`).send({ email, password: 'x' });
    expect([400, 401]).toContain(status);
  });

  it.each(['o’brien@example.org'.replace('’', "'"), 'a+tag@example.org', 'a@xn--exmple-cua.org'])(
    'may be %s',
    async (email) => {
      await app.anyone().post(`${API}/auth/register`).send(registration({ email })).expect(202);
    },
  );
});
