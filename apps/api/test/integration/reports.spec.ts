import { v7 as uuid } from 'uuid';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { groupOf, planned } from '../support/events.js';
import { caseOf, cases, makeRole, report } from '../support/moderation.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { picture } from '../support/pictures.js';
import { comment, upload, write } from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();

let moderator: Person;
beforeAll(async () => {
  moderator = await place.newPerson('Moderator');
  await makeRole(place.app, moderator, 'moderator');
});

const say = async (who: Person, conversationId: string, content: string) =>
  (
    await who.browser
      .post(`${API}/conversations/${conversationId}/messages`)
      .send({ content, clientId: uuid() })
      .expect(201)
  ).body as { id: string };

const talk = async (who: Person, to: Person): Promise<string> =>
  (
    await who.browser
      .post(`${API}/conversations`)
      .send({ userId: to.id })
      .expect((response) => expect(response.status).toBeLessThan(300))
  ).body.id;

const countOf = async (table: 'reports' | 'report_cases') => {
  const row = await place.app.get(Database).one<{
    count: number;
  }>(table === 'reports' ? sql`SELECT count(*) AS count FROM reports` : sql`SELECT count(*) AS count FROM report_cases`);
  return Number(row!.count);
};

describe('a report', () => {
  it('holds what the reporter saw, of each kind of thing', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(ada, bruno).expect(200);
    const group = await groupOf(bruno, ada);
    const post = await write(bruno, {
      title: 'Cheap watches',
      content: 'Buy them here',
      mediaIds: [await upload(bruno)],
    });
    const below = await comment(bruno, post, { content: 'And bags, too' });
    const event = await planned(bruno, group.id, { title: 'Watch sale', description: 'Cash only' });
    const conversationId = await talk(ada, bruno);
    for (const content of ['First', 'Second', 'Third', 'Fourth'])
      await say(ada, conversationId, content);
    const message = await say(bruno, conversationId, 'Watches for you');
    await say(ada, conversationId, 'No, thank you');

    const words = 'Since Monday.';
    await report(ada, 'post', post, { reason: 'spam', words }).expect(204);
    expect(await caseOf(moderator, 'post', 'Cheap watches')).toMatchObject({
      kind: 'post',
      reportCount: 1,
      snapshot: {
        title: 'Cheap watches',
        text: 'Buy them here',
        author: 'Bruno Okafor',
        at: post.createdAt,
        media: [{ kind: 'image' }],
        before: [],
        after: [],
      },
      reports: [{ reason: 'spam', words }],
      ruling: null,
    });
    await report(ada, 'comment', below).expect(204);
    expect((await caseOf(moderator, 'comment', 'bags'))!.snapshot).toMatchObject({
      text: 'And bags, too',
      before: [{ author: 'Bruno Okafor', text: 'Cheap watches Buy them here' }],
    });
    await report(ada, 'group', group, { reason: 'other' }).expect(204);
    expect((await caseOf(moderator, 'group', group.title))!.snapshot).toMatchObject({
      title: group.title,
      author: 'Bruno Okafor',
    });
    await report(ada, 'event', event).expect(204);
    expect((await caseOf(moderator, 'event', 'Watch sale'))!.snapshot).toMatchObject({
      title: 'Watch sale',
      text: 'Cash only',
      author: 'Bruno Okafor',
    });
    await report(ada, 'message', message).expect(204);
    const told = (await caseOf(moderator, 'message', 'Watches for you'))!.snapshot;
    expect(told.before.map(({ text }) => text)).toEqual(['Second', 'Third', 'Fourth']);
    expect(told.after.map(({ text }) => text)).toEqual(['No, thank you']);
    await bruno.browser.patch(`${API}/users/me`).send({ about: 'I sell watches' }).expect(200);
    await bruno.browser
      .put(`${API}/users/me/avatar`)
      .attach('file', await picture('png', 300, 300), 'a.png')
      .expect(200);
    await report(ada, 'person', bruno, { reason: 'impersonation' }).expect(204);
    expect((await caseOf(moderator, 'person', 'I sell watches'))!.snapshot).toMatchObject({
      text: 'I sell watches',
      author: 'Bruno Okafor',
      media: [{ kind: 'image' }],
    });
  });

  it('stays as it was when the thing is changed or deleted, and joins what others report', async () => {
    const [ada, bruno, chidi] = await place.newPeople('Ada', 'Bruno', 'Chidi');
    const post = await write(bruno!, { content: 'Vile words' });
    await report(ada!, 'post', post, { reason: 'hate' }).expect(204);
    await bruno!.browser
      .patch(`${API}/posts/${post.id}`)
      .send({ content: 'Nice words' })
      .expect(200);
    await report(chidi!, 'post', post, { reason: 'violence', words: 'Mean' }).expect(204);
    await bruno!.browser.delete(`${API}/posts/${post.id}`).expect(204);
    const found = await caseOf(moderator, 'post', 'Vile words');
    expect(found).toMatchObject({
      reportCount: 2,
      snapshot: { text: 'Vile words' },
      reports: [{ reason: 'hate' }, { reason: 'violence', words: 'Mean' }],
    });
    // Who reported stays with the reporters.
    const told = JSON.stringify([found, await cases(moderator)]);
    for (const who of [ada!, chidi!]) expect(told).not.toContain(who.id);
    expect(told).not.toContain('Chidi');
  });

  it('is taken only of what one can see: the rest is the same 404, and leaves nothing', async () => {
    const [ada, bruno, stranger] = await place.newPeople('Ada', 'Bruno', 'Stranger');
    await follow(ada!, bruno!).expect(200);
    const group = await groupOf(bruno!, ada!);
    const hidden = await write(bruno!, { content: 'For followers', audience: 'followers' });
    const below = await comment(ada!, hidden);
    const event = await planned(bruno!, group.id);
    const message = await say(bruno!, await talk(ada!, bruno!), 'Between us');
    const before = [await countOf('reports'), await countOf('report_cases')];
    const missing = await report(stranger!, 'post', { id: uuid() }).expect(404);
    for (const [kind, thing] of [
      ...([
        ['post', hidden],
        ['comment', below],
        ['event', event],
        ['message', message],
      ] as const),
    ]) {
      const { body } = await report(stranger!, kind, thing).expect(404);
      expect({ ...body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
    }
    await bruno!.browser.put(`${API}/users/me/blocks/${stranger!.id}`).expect(204);
    await report(stranger!, 'person', bruno!).expect(404);
    expect([await countOf('reports'), await countOf('report_cases')]).toEqual(before);
    await report(ada!, 'post', hidden).expect(204);
  });

  it('shows of a private profile only its card to whoever sees no more', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    await bruno!.browser
      .patch(`${API}/users/me`)
      .send({ nickname: 'Brutus', about: 'My secret' })
      .expect(200);
    await bruno!.browser
      .put(`${API}/users/me/privacy`)
      .send({ visibility: 'private' })
      .expect((response) => expect(response.status).toBeLessThan(300));
    await report(ada!, 'person', bruno!).expect(204);
    expect((await caseOf(moderator, 'person', 'Brutus'))!.snapshot.text).toBe('');
  });

  it('is taken once, also when it is sent twice at the same time', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    const post = await write(bruno!, { content: 'Reported twice' });
    const sent = await Promise.all([report(ada!, 'post', post), report(ada!, 'post', post)]);
    expect(sent.map(({ status }) => status).toSorted()).toEqual([204, 409]);
    expect((await report(ada!, 'post', post).expect(409)).body.code).toBe('already-reported');
    expect((await caseOf(moderator, 'post', 'Reported twice'))!.reportCount).toBe(1);
  });

  it('by two at the same time opens one case', async () => {
    const [ada, bruno, chidi] = await place.newPeople('Ada', 'Bruno', 'Chidi');
    const post = await write(bruno!, { content: 'Found by two' });
    const sent = await Promise.all([report(ada!, 'post', post), report(chidi!, 'post', post)]);
    expect(sent.map(({ status }) => status)).toEqual([204, 204]);
    const found = (await cases(moderator)).filter(({ excerpt }) => excerpt === 'Found by two');
    expect(found).toMatchObject([{ reportCount: 2 }]);
  });

  it('blocks the person in the same step, and neither happens without the other', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    const post = await write(bruno!, { content: 'Enough of that' });
    await report(ada!, 'post', post, { block: true }).expect(204);
    await ada!.browser.get(`${API}/posts/${post.id}`).expect(404);
    await ada!.browser.get(`${API}/users/${bruno!.id}`).expect(404);
    expect(await caseOf(moderator, 'post', 'Enough of that')).toBeDefined();
  });

  it('is refused of oneself, of one’s own, with other reasons, and with too many words', async () => {
    const ada = await place.newPerson('Ada');
    const post = await write(ada);
    for (const [kind, thing] of [
      ['person', ada],
      ['post', post],
    ] as const)
      expect((await report(ada, kind, thing).expect(409)).body.code).toBe('report-yourself');
    for (const values of [
      { reason: 'boring' },
      { words: 'x'.repeat(1001) },
      { block: 'maybe' },
      { kind: 'hashtag' },
    ])
      await report(ada, 'post', post, values).expect(400);
  });

  it('is taken fifty times a day of one person', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    const post = await write(bruno!, { content: 'One too many' });
    await report(ada!, 'person', bruno!).expect(204);
    await place.app.get(Database).transaction(async (transaction) => {
      for (let made = 1; made < 50; made++) {
        const id = uuid();
        await transaction.run(sql`
          INSERT INTO report_cases (id, subject_kind, subject_id, snapshot, report_count, decided_at)
          VALUES (${id}, 'post', ${uuid()}, '{}', 1, ${new Date().toISOString()})`);
        await transaction.run(sql`
          INSERT INTO reports (id, case_id, reporter_id, reason) VALUES (${uuid()}, ${id}, ${ada!.id}, 'spam')`);
      }
    });
    expect((await report(ada!, 'post', post).expect(429)).body.code).toBe('too-many-reports');
    await report(bruno!, 'person', ada!).expect(204);
  });
});
