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
import { comment, upload, write } from '../support/posts.js';
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
      reportCount: 1,
      reasons: ['spam'],
      excerpt: 'In the queue',
      author: 'Bruno Okafor',
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
    await run(
      place.app,
      sql`UPDATE report_cases SET claimed_until = ${past} WHERE id = ${found.id}`,
    );
    await decide(winner, found, { decision: 'dismiss' }).expect(409);
    await claim(loser, found).expect(200);
    await loser.browser.delete(`${API}/moderation/cases/${found.id}/claim`).expect(204);
    await settle(winner, found, { decision: 'dismiss' });
  });
});
