import type { Event } from '@echomate/contracts/events.dto';
import type { GroupDetails } from '@echomate/contracts/groups.dto';
import type { Comment, Post } from '@echomate/contracts/posts.dto';
import { v7 as uuid } from 'uuid';
import { MembershipsService } from '../../src/modules/groups/memberships.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { locks } from '../../src/platform/database/locks.js';
import { sql } from '../../src/platform/database/statements.js';
import type { OpeningEvent } from './access-event-model.js';
import { descriptionOf, type OpeningGroup } from './access-group-model.js';
import { TEXTS } from './access-steps.js';
import type { AccessWorld, OpeningPost, WrittenPost } from './access-world.js';
import { inDays } from './events.js';
import { allTold } from './notifications.js';
import { registration, signUp } from './people.js';
import { picture } from './pictures.js';
import { API } from './test-app.js';

/** What there is when a history begins, made through the api: people, groups, posts and events. */

export async function invite(world: AccessWorld, name: string): Promise<void> {
  const email = `${name.toLowerCase()}@example.org`;
  const browser = await signUp(world.app, registration({ email, firstName: name }));
  const image = await picture('png', 60, 40);
  const put = async (what: string) =>
    (await browser.put(`${API}/users/me/${what}`).attach('file', image, `${what}.png`).expect(200))
      .body;
  await put('avatar');
  const { id, handle, avatar, banner } = await put('banner');
  const upload = await world.upload(browser);
  const { body } = await browser.post(`${API}/users/me/calendar`).expect(201);
  const calendar = new URL(body.url as string).pathname;
  world.people.set(name, {
    id,
    handle,
    email,
    upload,
    calendar,
    browser,
    avatar: avatar.small,
    banner,
  });
  await world.logIn(name);
}

/** Written while everyone sees everything; the audience follows with `reset`. */
export async function write(world: AccessWorld, post: OpeningPost): Promise<void> {
  const { name, author, shared, group, likers, commenter, replier } = post;
  const content = world.wordsOf(TEXTS[0]!);
  const { browser } = world.person(author);
  const audience = group
    ? { audience: 'group', groupId: world.group(group).id }
    : { audience: 'public' };
  const written = shared
    ? browser.post(`${API}/posts/${world.post(shared).id}/share`).send({ ...audience, content })
    : browser
        .post(`${API}/posts`)
        .send({ ...audience, content, mediaIds: [await world.upload(browser)] });
  const { id, media }: Post = (await written.expect(201)).body;
  if (shared) await tellOfShare(world, id, author, world.post(shared));
  for (const liker of likers)
    await world.person(liker).browser.put(`${API}/posts/${id}/like`).expect(200);
  const comment = await writeComment(world, id, commenter, {});
  if (likers[0])
    await world.person(likers[0]).browser.put(`${API}/comments/${comment.id}/like`).expect(200);
  if (post.likesTakenBackBy)
    await likeInVain(world, post.likesTakenBackBy, [`posts/${id}`, `comments/${comment.id}`]);
  const reply = await writeComment(world, id, replier, { parentId: comment.id });
  const commentTwice = async (who?: string) =>
    who
      ? [
          await writeComment(world, id, who, {}),
          await writeComment(world, id, who, { parentId: comment.id }),
        ]
      : [];
  const also = await commentTwice(post.alsoBy);
  const deleted = post.deletedBy ? await commentInVain(world, id, comment, post.deletedBy) : [];
  world.posts.set(name, { id, author, media, comment, reply, also, deleted });
  if (post.isPinned) {
    const leader = world.person(world.group(group!).creator).browser;
    await leader.put(`${API}/posts/${id}/pin`).expect(204);
  }
  if (post.reporter) world.post(name).caseId = await report(world, id, post.reporter);
  if (post.isImported)
    await world.writePast(sql`
      UPDATE posts SET imported_from = 'elsewhere.example', imported_at = ${new Date().toISOString()}
      WHERE id = ${id}`);
  if (post.isUnready)
    await world.writePast(sql`UPDATE media SET status = 'processing' WHERE id = ${media[0]!.id}`);
}

async function report(world: AccessWorld, id: string, reporter: string): Promise<string> {
  const { browser } = world.person(reporter);
  await browser.post(`${API}/reports`).send({ kind: 'post', id, reason: 'spam' }).expect(204);
  const row = await world.app
    .get(Database)
    .one<{ id: string }>(sql`SELECT id FROM report_cases WHERE subject_id = ${id}`);
  return row!.id;
}

/** Planned and talked about while everyone is in the group. */
export async function plan(
  world: AccessWorld,
  { name, group, maker, ...event }: OpeningEvent,
): Promise<void> {
  const { id: groupId } = world.group(group);
  const values = { title: name, start: inDays(10), zone: 'Europe/Berlin' };
  const { id, seriesId, options }: Event = (
    await world
      .person(maker)
      .browser.post(`${API}/groups/${groupId}/events`)
      .send(values)
      .expect(201)
  ).body;
  await tellOfEvent(world, id, maker);
  await world.person(event.liker).browser.put(`${API}/posts/${seriesId}/like`).expect(200);
  const comment = await writeComment(world, seriesId, event.commenter, {});
  const reply = await writeComment(world, seriesId, event.replier, { parentId: comment.id });
  world.events.set(name, {
    id,
    seriesId,
    groupId,
    comment,
    reply,
    optionId: options[0]!.id,
  });
}

/** These have answered, and nobody else, as if whoever is not in the group had just left it. */
export async function answer(world: AccessWorld, { name, answered }: OpeningEvent): Promise<void> {
  const { id: eventId, seriesId, optionId } = world.event(name);
  await world.app.get(Database).transaction(async (transaction) => {
    for (const table of [sql`event_answers`, sql`event_counts`])
      await transaction.run(sql`DELETE FROM ${table} WHERE event_id = ${eventId}`);
    for (const who of answered)
      await transaction.run(sql`
        INSERT INTO event_answers (id, event_id, user_id, option_id, answered_at)
        VALUES (${uuid()}, ${eventId}, ${world.person(who).id}, ${optionId}, ${new Date().toISOString()})`);
    const count = answered.length;
    await transaction.run(sql`
      INSERT INTO event_counts (event_id, option_id, taken, answer_count, waiting_count)
      VALUES (${eventId}, ${optionId}, ${count}, ${count}, 0)`);
    await transaction.run(
      sql`UPDATE event_series SET answer_count = ${count} WHERE id = ${seriesId}`,
    );
  });
}

export async function found(world: AccessWorld, { name, creator }: OpeningGroup): Promise<void> {
  const { browser } = world.person(creator);
  const values = { title: name, description: descriptionOf(name) };
  const bannerId = await world.upload(browser);
  const { id, banner }: GroupDetails = (
    await browser
      .post(`${API}/groups`)
      .send({ ...values, bannerId })
      .expect(201)
  ).body;
  world.groups.set(name, { id, creator, banner: banner! });
  await fill(world, { name, creator, members: [] }, world.names);
}

/** These are in the group from now on, and nobody else is in it or on the way there. */
export async function fill(
  world: AccessWorld,
  { name, creator }: OpeningGroup,
  members: string[],
): Promise<void> {
  const { id } = world.group(name);
  const memberships = world.app.get(MembershipsService);
  await world.app.get(Database).transaction(async (transaction) => {
    await locks.group(transaction, id);
    for (const table of [sql`memberships`, sql`group_invitations`, sql`group_requests`])
      await transaction.run(sql`DELETE FROM ${table} WHERE group_id = ${id}`);
    await transaction.run(sql`
      UPDATE groups SET creator_id = ${world.person(creator).id}, member_count = 0, deleted_at = NULL
      WHERE id = ${id}`);
    for (const member of members)
      await memberships.enter(transaction, id, world.person(member).id, {
        role: member === creator ? 'creator' : 'member',
        byId: null,
        how: 'created',
      });
  });
}

async function writeComment(
  world: AccessWorld,
  postId: string,
  who: string,
  values: object,
): Promise<Comment> {
  const { browser } = world.person(who);
  const mediaId = await world.upload(browser);
  const { body } = await browser
    .post(`${API}/posts/${postId}/comments`)
    .send({ content: 'Hm', mediaId, ...values })
    .expect(201);
  // One after the other, as only the newest that somebody wrote is told of.
  await allTold(world.app);
  return body;
}

/**
 * A comment, a reply to it, and one to another comment, all deleted; but the first reply is there as if it had been
 * written at that very moment.
 */
async function commentInVain(
  world: AccessWorld,
  postId: string,
  other: Comment,
  who: string,
): Promise<Comment[]> {
  const comment = await writeComment(world, postId, who, {});
  const below = await writeComment(world, postId, who, { parentId: comment.id });
  const reply = await writeComment(world, postId, who, { parentId: other.id });
  for (const one of [comment, reply])
    await world.person(who).browser.delete(`${API}/comments/${one.id}`).expect(204);
  await world.writePast(
    sql`UPDATE comments SET deleted_at = NULL, is_counted = ${false} WHERE id = ${below.id}`,
  );
  return [comment, below, reply];
}

async function likeInVain(world: AccessWorld, who: string, liked: string[]): Promise<void> {
  const { browser } = world.person(who);
  for (const one of liked) await browser.put(`${API}/${one}/like`).expect(200);
  await allTold(world.app);
  for (const one of liked) await browser.delete(`${API}/${one}/like`).expect(200);
}

/** Chooses an avatar and does not confirm the address. */
export async function registerInVain(world: AccessWorld): Promise<string> {
  const form = world.app.anyone().post(`${API}/auth/register`);
  for (const [field, value] of Object.entries(registration({ email: 'never@example.org' })))
    form.field(field, String(value));
  await form.attach('avatar', await picture('png', 60, 40), 'me.png').expect(202);
  const [medium] = await world.app
    .get(Database)
    .many<{ id: string }>(sql`SELECT id FROM media WHERE registration_id IS NOT NULL`);
  return medium!.id;
}

/** As if it had not mentioned the author: then they would be told of that instead. */
function tellOfShare(
  world: AccessWorld,
  postId: string,
  by: string,
  shared: WrittenPost,
): Promise<void> {
  if (by === shared.author) return Promise.resolve();
  const values = { kind: 'share', key: `share ${shared.id}`, postId: shared.id };
  return tell(world, shared.author, by, values, postId);
}

/** As if the event had been changed, come near and been cancelled. */
async function tellOfEvent(world: AccessWorld, eventId: string, maker: string): Promise<void> {
  for (const to of world.names)
    for (const kind of ['event-changed', 'event-cancelled', 'event-reminder']) {
      const by = kind === 'event-reminder' ? null : maker;
      if (to !== by) await tell(world, to, by, { kind, key: `${kind} ${eventId}`, eventId });
    }
}

/** What nothing in the api says of itself here. */
async function tell(
  world: AccessWorld,
  to: string,
  by: string | null,
  { kind, key, ...about }: { kind: string; key: string; postId?: string; eventId?: string },
  writtenPostId: string | null = null,
): Promise<void> {
  const user = world.person(to).id;
  const { postId = null, eventId = null } = about;
  await world.app.get(Database).transaction(async (transaction) => {
    const before = await transaction.one<{ id: string }>(
      sql`SELECT id FROM notifications WHERE user_id = ${user} AND group_key = ${key}`,
    );
    const id = before?.id ?? uuid();
    if (!before)
      await transaction.run(sql`
        INSERT INTO notifications (id, user_id, position, kind, group_key, post_id, event_id)
        VALUES (${id}, ${user}, ${uuid()}, ${kind}, ${key}, ${postId}, ${eventId})`);
    if (!by) return;
    const actor = world.person(by).id;
    // The newest action of a person counts.
    await transaction.run(sql`
      DELETE FROM notification_actions WHERE notification_id = ${id} AND actor_id = ${actor}`);
    await transaction.run(sql`
        INSERT INTO notification_actions (id, notification_id, actor_id, post_id)
        VALUES (${uuid()}, ${id}, ${actor}, ${writtenPostId})`);
  });
}
