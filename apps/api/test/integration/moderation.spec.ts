import { v7 as uuid } from 'uuid';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { ModerationLogService } from '../../src/modules/moderation/moderation-log.service.js';
import { SuspensionsService } from '../../src/modules/moderation/suspensions.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { groupOf, planned } from '../support/events.js';
import {
  caseOf,
  cases,
  claim,
  decide,
  makeRole,
  report,
  reportedPost,
  settle,
  twoModerators,
  undo,
} from '../support/moderation.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { toldTo } from '../support/notifications.js';
import { PASSWORD } from '../support/people.js';
import { comment, expectCountsOfPosts, upload, write } from '../support/posts.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const place = neighbourhood();
const log = () => place.app.get(ModerationLogService);

let moderator: Person;
let other: Person;
beforeAll(async () => {
  [moderator, other] = await twoModerators(place);
});
afterEach(async () => {
  await expectCountsOfPosts(place.app);
  expect((await log().verify()).alteredAt).toBeNull();
});

const run = (statement: ReturnType<typeof sql>) =>
  place.app.get(Database).transaction((transaction) => transaction.run(statement));

const reported = (content: string, values: object = {}) =>
  reportedPost(place, moderator, content, values);

describe('the queue', () => {
  it('is oldest first, in pages, and gone for a member and for who is a moderator no longer', async () => {
    const { ada, found } = await reported('In the queue');
    await reported('Behind it');
    const all = await cases(moderator);
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted());
    const first = await moderator.browser.get(`${API}/moderation/cases?limit=1`).expect(200);
    expect(first.body.items).toHaveLength(1);
    const cursor = encodeURIComponent(first.body.nextCursor);
    expect((await cases(moderator, `limit=1&cursor=${cursor}`))[0]!.id).toBe(all[1]!.id);
    expect(all.find(({ id }) => id === found.id)).toMatchObject({
      ...{ reportCount: 1, reasons: ['spam'], excerpt: 'In the queue', author: 'Bruno Okafor' },
    });
    await ada.browser.get(`${API}/moderation/cases`).expect(403);
    await ada.browser.get(`${API}/moderation/cases/${found.id}`).expect(403);
    await makeRole(place.app, other, 'member');
    await other.browser.get(`${API}/moderation/cases`).expect(403);
    await makeRole(place.app, other, 'moderator');
  });

  it('opens nothing but the snapshot: whatever was reported stays hidden on every other path', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    await bruno.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' });
    await follow(ada, bruno);
    await bruno.browser.post(`${API}/follow-requests/${ada.id}/accept`);
    const mediaId = await upload(bruno);
    const content = 'For followers only';
    const post = await write(bruno, { content, audience: 'followers', mediaIds: [mediaId] });
    const below = await comment(bruno, post, { content: 'A hidden comment' });
    const group = await groupOf(bruno, ada);
    const event = await planned(bruno, group.id, { title: 'A hidden event' });
    for (const [kind, thing] of [
      ['post', post],
      ['comment', below],
      ['event', event],
      ['person', bruno],
    ] as const)
      await report(ada, kind, thing).expect(204);
    const found = (await caseOf(moderator, 'post', content))!;
    await claim(moderator, found).expect(200);
    for (const path of [
      ...[`posts/${post.id}`, `posts/${post.id}/comments`, `posts/${post.id}/likes`],
      ...[`posts/${post.id}/history`, `posts/${post.id}/audience`, `comments/${below.id}/replies`],
      ...[`users/${bruno.id}/posts`, `users/${bruno.id}/followers`, `users/${bruno.id}/activity`],
      ...[`events/${event.id}`, `events/${event.id}/responses`, `groups/${group.id}/posts`],
      ...[`groups/${group.id}/members`, `media/${mediaId}`, `media/${mediaId}/card`],
    ])
      expect({ path, status: (await moderator.browser.get(`${API}/${path}`)).status }).toEqual({
        path,
        status: 404,
      });
    for (const list of [`users/${bruno.id}`, 'feed', `search?q=followers`])
      expect(JSON.stringify((await moderator.browser.get(`${API}/${list}`)).body)).not.toContain(
        post.id,
      );
    const file = `${API}/moderation/cases/${found.id}/media/${mediaId}`;
    await moderator.browser.get(file).expect(200).expect('Content-Type', 'image/webp');
    // Through another case, or for whoever has no part in it, it isn't there.
    const comments = (await caseOf(moderator, 'comment', 'A hidden comment'))!;
    await moderator.browser
      .get(`${API}/moderation/cases/${comments.id}/media/${mediaId}`)
      .expect(404);
    await ada.browser.get(file).expect(403);
    await place.app.anyone().get(file).expect(401);
  });

  it('shows nobody a case about themselves, about their own, or reported by themselves', async () => {
    const { bruno, found, post } = await reported('By a moderator');
    const mine = await reported('Reported by a moderator');
    await makeRole(place.app, bruno, 'moderator');
    await makeRole(place.app, mine.ada, 'moderator');
    for (const [who, one] of [
      [bruno, found],
      [mine.ada, mine.found],
    ] as const) {
      expect((await cases(who)).map(({ id }) => id)).not.toContain(one.id);
      await who.browser.get(`${API}/moderation/cases/${one.id}`).expect(404);
      await claim(who, one).expect(404);
      await decide(who, one, { decision: 'dismiss' }).expect(404);
      await undo(who, one).expect(404);
    }
    await place.app.anyone().get(`${API}/posts/${post.id}`).expect(401);
    // Who reports it while having it can't decide it any more.
    await claim(other, found).expect(200);
    await report(other, 'post', post).expect(204);
    await decide(other, found, { decision: 'dismiss' }).expect(404);
  });

  it('gives a case to one at a time, for a while', async () => {
    const { found } = await reported('Wanted by two');
    const both = await Promise.all([claim(moderator, found), claim(other, found)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const [winner, loser] = both[0]!.status === 200 ? [moderator, other] : [other, moderator];
    expect((await claim(loser, found).expect(409)).body.code).toBe('case-claimed');
    const code = (await decide(loser, found, { decision: 'dismiss' }).expect(409)).body.code;
    expect(code).toBe('claim-first');
    await loser.browser.delete(`${API}/moderation/cases/${found.id}/claim`).expect(204);
    await claim(loser, found).expect(409);
    const past = new Date(Date.now() - 1000).toISOString();
    await run(sql`UPDATE report_cases SET claimed_until = ${past} WHERE id = ${found.id}`);
    await decide(winner, found, { decision: 'dismiss' }).expect(409);
    await claim(loser, found).expect(200);
    await loser.browser.delete(`${API}/moderation/cases/${found.id}/claim`).expect(204);
    await settle(winner, found, { decision: 'dismiss' });
  });
});

describe('a decision', () => {
  it('is made once, also when it is sent twice at the same time', async () => {
    const { found, ada, post } = await reported('Decided once');
    await claim(moderator, found).expect(200);
    const sent = await Promise.all(
      ['dismiss', 'warn'].map((decision) => decide(moderator, found, { decision })),
    );
    expect(sent.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await cases(moderator)).not.toContainEqual(expect.objectContaining({ id: found.id }));
    expect(await cases(moderator, 'state=decided&limit=1')).toMatchObject([{ id: found.id }]);
    // What goes on can be reported anew.
    await report(ada, 'post', post).expect(204);
    expect((await caseOf(moderator, 'post', 'Decided once'))!.id).not.toBe(found.id);
  });

  it('needs a rule and words, unless nothing was wrong', async () => {
    const { found } = await reported('Without words');
    await claim(moderator, found).expect(200);
    const broken = [{ reason: null }, { words: null }, { words: '  ' }, { days: 0, words: 'x' }];
    for (const values of broken)
      await decide(moderator, found, { decision: 'suspend', ...values }).expect(400);
    const { body } = await decide(moderator, found, { decision: 'dismiss', words: null });
    expect(body.ruling).toMatchObject({ decision: 'dismiss', reason: null, words: null });
  });

  it('removes a post for everyone, its author too, and puts it back', async () => {
    const mediaId = async (who: Person) => [await upload(who)];
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const post = await write(bruno, { content: 'To be removed', mediaIds: await mediaId(bruno) });
    await comment(ada, post);
    await report(ada, 'post', post).expect(204);
    const found = (await caseOf(moderator, 'post', 'To be removed'))!;
    expect(found.choices).toEqual(['dismiss', 'remove', 'warn', 'suspend']);
    const { ruling } = await settle(moderator, found, { decision: 'remove', reason: 'hate' });
    expect(ruling).toMatchObject({ decision: 'remove', reason: 'hate', canUndo: true });
    for (const who of [ada, bruno, moderator]) {
      await who.browser.get(`${API}/posts/${post.id}`).expect(404);
      await who.browser.get(`${API}/media/${post.media[0]!.id}/card`).expect(404);
    }
    await bruno.browser.post(`${API}/posts/${post.id}/restore`).expect(404);
    // Long after authors could restore what they deleted.
    const before = new Date(Date.now() - 60 * 60_000).toISOString();
    await run(sql`UPDATE posts SET deleted_at = ${before} WHERE id = ${post.id}`);
    await undo(other, found).expect(200);
    const { body } = await ada.browser.get(`${API}/posts/${post.id}`).expect(200);
    expect(body).toMatchObject({ content: 'To be removed', commentCount: 1 });
    await ada.browser.get(`${API}/media/${post.media[0]!.id}/card`).expect(200);
    expect((await undo(other, found).expect(409)).body.code).toBe('nothing-to-undo');
  });

  it('removes comments, groups and events', async () => {
    const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
    const group = await groupOf(bruno, ada);
    const post = await write(ada, { content: 'With a rude comment' });
    const rude = await comment(bruno, post, { content: 'A rude comment' });
    const event = await planned(bruno, group.id, { title: 'A rude event' });
    const end = async (
      kind: 'comment' | 'event' | 'group',
      thing: { id: string },
      text: string,
    ) => {
      await report(ada, kind, thing).expect(204);
      const found = (await caseOf(moderator, kind, text))!;
      await settle(moderator, found, { decision: 'remove' });
      return found;
    };
    const ended = await end('comment', rude, 'A rude comment');
    expect((await ada.browser.get(`${API}/posts/${post.id}`)).body.commentCount).toBe(0);
    expect((await undo(moderator, ended).expect(409)).body.code).toBe('nothing-to-undo');
    await end('event', event, 'A rude event');
    await bruno.browser.get(`${API}/events/${event.id}`).expect(404);
    const gone = await end('group', group, group.title);
    await ada.browser.get(`${API}/groups/${group.id}`).expect(404);
    await bruno.browser.post(`${API}/groups/${group.id}/restore`).expect(404);
    await undo(moderator, gone).expect(200);
    await ada.browser.get(`${API}/groups/${group.id}`).expect(200);
  });

  it('suspends at once, until it is over, and does not shorten a longer suspension', async () => {
    const { ada, bruno, found } = await reported('Suspended for this');
    await settle(moderator, found, { decision: 'suspend', days: 7 });
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(404);
    await until('the session has ended', async () => {
      const { status } = await bruno.browser.get(`${API}/users/me`);
      return status === 401;
    });
    const again = () =>
      place.app
        .browser()
        .post(`${API}/auth/login`)
        .send({ email: bruno.email, password: PASSWORD });
    expect((await again()).body.code).toBe('account-suspended');
    const suspensions = place.app.get(SuspensionsService);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    await place.app
      .get(Database)
      .transaction((transaction) =>
        suspensions.suspend(transaction, bruno.id, found.id, inDays(1).toISOString()),
      );
    await suspensions.endDue(inDays(6));
    expect((await again()).body.code).toBe('account-suspended');
    await suspensions.endDue(inDays(8));
    await again().expect(200);
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(200);
    expect((await undo(moderator, found).expect(409)).body.code).toBe('nothing-to-undo');
  });

  it('suspends for good, and lets in again', async () => {
    const { bruno, found } = await reported('Suspended for good');
    const { ruling } = await settle(moderator, found, { decision: 'suspend' });
    expect(ruling).toMatchObject({ endsAt: null, canUndo: true });
    await place.app.get(SuspensionsService).endDue(new Date('2999-01-01'));
    const again = () =>
      place.app
        .browser()
        .post(`${API}/auth/login`)
        .send({ email: bruno.email, password: PASSWORD });
    expect((await again()).body.code).toBe('account-suspended');
    await undo(other, found).expect(200);
    await again().expect(200);
  });

  it('keeps somebody out as long as one of their suspensions holds, whichever is undone', async () => {
    const { ada, bruno, found: short } = await reported('Suspended shortly');
    const second = await write(bruno, { content: 'Suspended longer' });
    const third = await write(bruno, { content: 'Suspended briefly' });
    await report(ada, 'post', second).expect(204);
    await report(ada, 'post', third).expect(204);
    const long = (await caseOf(moderator, 'post', 'Suspended longer'))!;
    const brief = (await caseOf(moderator, 'post', 'Suspended briefly'))!;
    await settle(moderator, short, { decision: 'suspend', days: 7 });
    await settle(moderator, long, { decision: 'suspend' });
    await settle(moderator, brief, { decision: 'suspend', days: 1 });
    const codeOfLogIn = async () => {
      const { body } = await place.app
        .browser()
        .post(`${API}/auth/login`)
        .send({ email: bruno.email, password: PASSWORD });
      return body.code;
    };
    await undo(moderator, long).expect(200);
    expect(await codeOfLogIn()).toBe('account-suspended');
    // One that others outlast can be taken back as well, and does not come back.
    await undo(moderator, brief).expect(200);
    expect(await codeOfLogIn()).toBe('account-suspended');
    await undo(moderator, short).expect(200);
    expect(await codeOfLogIn()).toBeUndefined();
    await undo(moderator, short).expect(409);
  });

  it('by a moderator is never about an admin; another admin can', async () => {
    const [ada, admin, second] = (await place.newPeople('Ada', 'Bruno', 'Chidi')) as [
      Person,
      Person,
      Person,
    ];
    const post = await write(admin, { content: 'By an admin' });
    await report(ada, 'post', post).expect(204);
    const found = (await caseOf(moderator, 'post', 'By an admin'))!;
    // Made one only while the moderator decides.
    await claim(moderator, found).expect(200);
    for (const who of [admin, second]) await makeRole(place.app, who, 'admin');
    for (const decision of ['dismiss', 'remove', 'warn', 'suspend'])
      expect((await decide(moderator, found, { decision }).expect(403)).body.code).toBe(
        'about-an-admin',
      );
    const shown = await moderator.browser.get(`${API}/moderation/cases/${found.id}`).expect(200);
    expect(shown.body.choices).toEqual([]);
    await moderator.browser.delete(`${API}/moderation/cases/${found.id}/claim`).expect(204);
    await settle(second, found, { decision: 'remove' });
    await undo(moderator, found).expect(403);
    const ruled = await moderator.browser.get(`${API}/moderation/cases/${found.id}`).expect(200);
    expect(ruled.body.ruling.canUndo).toBe(false);
    await admin.browser.get(`${API}/posts/${post.id}`).expect(404);
  });

  it('goes with the account that it is about, and the log stays whole', async () => {
    const { ada, bruno, found } = await reported('Of an account that goes');
    await settle(moderator, found, { decision: 'remove' });
    await report(bruno, 'person', ada).expect(204);
    await place.app.get(AccountRemovalService).remove(bruno.id);
    await until('the account is gone', async () => {
      const row = await place.app
        .get(Database)
        .one(sql`SELECT u.id FROM users u WHERE u.id = ${bruno.id}`);
      return row === null;
    });
    await moderator.browser.get(`${API}/moderation/cases/${found.id}`).expect(404);
  });
});

it('removes a message for both, and shows neither its conversation to moderators', async () => {
  const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
  await follow(ada, bruno).expect(200);
  const talk = await ada.browser.post(`${API}/conversations`).send({ userId: bruno.id });
  const path = `${API}/conversations/${talk.body.id}`;
  const send = (who: Person, content: string) =>
    who.browser.post(`${path}/messages`).send({ content, clientId: uuid() }).expect(201);
  const { body: rude } = await send(bruno, 'A rude message');
  await send(ada, 'Please stop');
  await report(ada, 'message', rude).expect(204);
  const found = (await caseOf(moderator, 'message', 'A rude message'))!;
  await moderator.browser.get(path).expect(404);
  await moderator.browser.get(`${path}/messages`).expect(404);
  await settle(moderator, found, { decision: 'remove' });
  for (const who of [ada, bruno]) {
    const { body } = await who.browser.get(`${path}/messages`).expect(200);
    expect(JSON.stringify(body)).not.toContain('A rude message');
    expect(JSON.stringify(body)).toContain('Please stop');
  }
});

describe('of a decision', () => {
  it('the reporter hears the outcome, and the person what, why, and the words; neither hears who', async () => {
    const { ada, bruno, found } = await reported('Told to both');
    await settle(moderator, found, { decision: 'remove', reason: 'hate', words: 'Not like this.' });
    expect(
      (await toldTo(place.app, ada)).filter(({ kind }) => kind === 'report-decided'),
    ).toMatchObject([{ details: ['remove'], people: [] }]);
    const told = await toldTo(place.app, bruno);
    expect(told).toMatchObject([
      { kind: 'moderated', details: ['remove', 'hate', found.id], people: [] },
      { kind: 'follower' },
    ]);
    const { body } = await bruno.browser.get(`${API}/decisions/${found.id}`).expect(200);
    expect(body).toMatchObject({
      ...{ kind: 'post', text: 'Told to both', decision: 'remove', reason: 'hate' },
      ...{ words: 'Not like this.', endsAt: null, undoneAt: null },
    });
    for (const who of [ada.id, moderator.id, 'Mona'])
      expect(JSON.stringify([body, told[0]])).not.toContain(who);
    for (const who of [ada, moderator])
      await who.browser.get(`${API}/decisions/${found.id}`).expect(404);
    await undo(moderator, found).expect(200);
    expect((await toldTo(place.app, bruno))[0]).toMatchObject({
      ...{ kind: 'moderated', details: ['undo-remove', 'hate', found.id] },
    });
  });

  it('that nothing was wrong, only the reporters hear', async () => {
    const { ada, bruno, found } = await reported('Nothing wrong');
    await settle(moderator, found, { decision: 'dismiss' });
    expect((await toldTo(place.app, ada))[0]).toMatchObject({
      ...{ kind: 'report-decided', details: ['dismiss'] },
    });
    expect((await toldTo(place.app, bruno)).map(({ kind }) => kind)).toEqual(['follower']);
    await bruno.browser.get(`${API}/decisions/${found.id}`).expect(404);
  });
});

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
      ...{ canAppeal: false, appeal: { outcome: 'overturned', answer: 'We looked again.' } },
    });
    for (const who of [ada.id, other.id, 'Otto']) expect(JSON.stringify(after)).not.toContain(who);
    expect(await toldTo(place.app, bruno)).toContainEqual(
      expect.objectContaining({
        ...{ kind: 'moderated', details: ['appeal-overturned', 'spam', found.id] },
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
        ...{ kind: 'moderated', details: ['appeal-upheld', 'spam', found.id] },
      }),
    );
  });

  it('of an admin is answered by who decided, where nobody else may act on an admin', async () => {
    const { bruno, found } = await reported('By one of two admins');
    const admin = await place.newPerson('Chidi');
    await run(sql`UPDATE users SET role = 'member' WHERE role = 'admin'`);
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
