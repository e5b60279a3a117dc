import { v7 as uuid } from 'uuid';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { groupOf, planned } from '../support/events.js';
import {
  caseOf,
  cases,
  claim,
  decide,
  expectModerationToBeSound,
  makeRole,
  report,
  reportedPost,
  settle,
  twoModerators,
  undo,
} from '../support/moderation.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { toldTo } from '../support/notifications.js';
import { comment, upload, write } from '../support/posts.js';
import { run } from '../support/statements.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const place = neighbourhood();
let moderator: Person;
let other: Person;
beforeAll(async () => {
  [moderator, other] = await twoModerators(place);
});
afterEach(() => expectModerationToBeSound(place.app));

const reported = (content: string) => reportedPost(place, moderator, content);

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
    await run(place.app, sql`UPDATE posts SET deleted_at = ${before} WHERE id = ${post.id}`);
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
      kind: 'post',
      text: 'Told to both',
      decision: 'remove',
      reason: 'hate',
      words: 'Not like this.',
      endsAt: null,
      undoneAt: null,
    });
    for (const who of [ada.id, moderator.id, 'Mona'])
      expect(JSON.stringify([body, told[0]])).not.toContain(who);
    for (const who of [ada, moderator])
      await who.browser.get(`${API}/decisions/${found.id}`).expect(404);
    await undo(moderator, found).expect(200);
    expect((await toldTo(place.app, bruno))[0]).toMatchObject({
      kind: 'moderated',
      details: ['undo-remove', 'hate', found.id],
    });
  });

  it('that nothing was wrong, only the reporters hear', async () => {
    const { ada, bruno, found } = await reported('Nothing wrong');
    await settle(moderator, found, { decision: 'dismiss' });
    expect((await toldTo(place.app, ada))[0]).toMatchObject({
      kind: 'report-decided',
      details: ['dismiss'],
    });
    expect((await toldTo(place.app, bruno)).map(({ kind }) => kind)).toEqual(['follower']);
    await bruno.browser.get(`${API}/decisions/${found.id}`).expect(404);
  });
});
