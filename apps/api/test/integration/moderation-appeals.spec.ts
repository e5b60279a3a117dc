import { sql } from '../../src/platform/database/statements.js';
import {
  cases,
  claim,
  expectModerationToBeSound,
  makeRole,
  reportedPost,
  settle,
  twoModerators,
} from '../support/moderation.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { toldTo } from '../support/notifications.js';
import { run } from '../support/statements.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
let moderator: Person;
let other: Person;
beforeAll(async () => {
  [moderator, other] = await twoModerators(place);
});
afterEach(() => expectModerationToBeSound(place.app));

const reported = (content: string) => reportedPost(place, moderator, content);

describe('an appeal', () => {
  const appeal = (who: Person, { id }: { id: string }, words = 'It was a quotation.') =>
    who.browser.post(`${API}/decisions/${id}/appeal`).send({ words });
  const answer = (who: Person, { id }: { id: string }, values: object = {}) =>
    who.browser
      .put(`${API}/moderation/cases/${id}/appeal`)
      .send({ outcome: 'upheld', words: 'We looked again.', ...values });
  const appeals = async (who: Person) =>
    (await cases(who, 'state=appealed&limit=100')).map(({ id }) => id);

  it('is made once, by the person concerned, and answered by somebody else than who decided', async () => {
    const { ada, bruno, post, found } = await reported('Wrongly removed');
    await appeal(bruno, found).expect(404); // nothing is decided yet
    await settle(moderator, found, { decision: 'remove' });
    for (const who of [ada, moderator, other]) await appeal(who, found).expect(404);
    await appeal(bruno, found, ' ').expect(400);
    const { body: own } = await bruno.browser.get(`${API}/decisions/${found.id}`).expect(200);
    expect([own.appeal, own.canAppeal]).toEqual([null, true]);
    const both = await Promise.all([appeal(bruno, found), appeal(bruno, found)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);

    expect(await appeals(moderator)).not.toContain(found.id);
    expect(await appeals(other)).toContain(found.id);
    const refused = await claim(moderator, found).expect(409);
    expect(refused.body.code).toBe('appeal-for-others');
    expect((await answer(other, found).expect(409)).body.code).toBe('claim-first');
    const { body: taken } = await claim(other, found).expect(200);
    expect(taken).toMatchObject({ canAnswer: true, appeal: { words: 'It was a quotation.' } });
    await answer(other, found, { outcome: 'perhaps' }).expect(400);
    await answer(other, found, { words: '' }).expect(400);
    const { body: answered } = await answer(other, found, { outcome: 'overturned' }).expect(200);
    expect(answered).toMatchObject({ canAnswer: false, appeal: { outcome: 'overturned' } });
    expect(answered.ruling.undoneAt).not.toBeNull();
    await bruno.browser.get(`${API}/posts/${post.id}`).expect(200);
    expect((await answer(other, found).expect(409)).body.code).toBe('case-decided');
    expect(await appeals(other)).not.toContain(found.id);

    const { body: after } = await bruno.browser.get(`${API}/decisions/${found.id}`).expect(200);
    expect(after).toMatchObject({
      canAppeal: false,
      appeal: { outcome: 'overturned', answer: 'We looked again.' },
    });
    for (const who of [ada.id, other.id, 'Otto']) expect(JSON.stringify(after)).not.toContain(who);
    expect(await toldTo(place.app, bruno)).toContainEqual(
      expect.objectContaining({
        kind: 'moderated',
        details: ['appeal-overturned', 'spam', found.id],
      }),
    );
    await appeal(bruno, found).expect(409);
  });

  it('that is turned down leaves everything as it was decided', async () => {
    const { bruno, post, found } = await reported('Rightly removed');
    await settle(moderator, found, { decision: 'remove' });
    await appeal(bruno, found).expect(200);
    await claim(other, found).expect(200);
    await answer(other, found).expect(200);
    await bruno.browser.get(`${API}/posts/${post.id}`).expect(404);
    expect(await toldTo(place.app, bruno)).toContainEqual(
      expect.objectContaining({
        kind: 'moderated',
        details: ['appeal-upheld', 'spam', found.id],
      }),
    );
  });

  it('of an admin is answered by who decided, where nobody else may act on an admin', async () => {
    const { bruno, found } = await reported('By one of two admins');
    const admin = await place.newPerson('Chidi');
    await run(place.app, sql`UPDATE users SET role = 'member' WHERE role = 'admin'`);
    for (const who of [bruno, admin]) await makeRole(place.app, who, 'admin');
    try {
      await settle(admin, found, { decision: 'warn' });
      await appeal(bruno, found).expect(200);
      expect(await appeals(other)).not.toContain(found.id);
      expect(await appeals(admin)).toContain(found.id);
      await claim(admin, found).expect(200);
      await answer(admin, found).expect(200);
    } finally {
      for (const who of [bruno, admin]) await makeRole(place.app, who, 'member');
    }
  });

  it('is answered by who decided where there is nobody else', async () => {
    const { bruno, found } = await reported('Only one moderator');
    await settle(moderator, found, { decision: 'warn' });
    await appeal(bruno, found).expect(200);
    const before = await run(
      place.app,
      sql`UPDATE users SET role = 'member' WHERE role <> 'member' AND id <> ${moderator.id}`,
    );
    expect(before).toBeGreaterThan(0);
    try {
      expect(await appeals(moderator)).toContain(found.id);
      await claim(moderator, found).expect(200);
      await answer(moderator, found).expect(200);
    } finally {
      await makeRole(place.app, other, 'moderator');
    }
  });
});
