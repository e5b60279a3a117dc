import type { Event } from '@echomate/contracts/events.dto';
import type { GroupDetails } from '@echomate/contracts/groups.dto';
import type { Comment, Post } from '@echomate/contracts/posts.dto';
import { MembershipsService } from '../../src/modules/groups/memberships.service.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { PostHashtagsRepository } from '../../src/modules/posts/post-hashtags.repository.js';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql } from '../../src/platform/database/statements.js';
import { locks } from '../../src/platform/database/locks.js';
import { wordsBy, type OpeningConversation } from './access-chat-model.js';
import { descriptionOf, wordsOf, type OpeningGroup } from './access-group-model.js';
import type { OpeningEvent } from './access-event-model.js';
import { AccessModel, type ModelPost } from './access-model.js';
import { Conversations } from './access-conversations.js';
import { Pages } from './access-pages.js';
import type { AccountState, Audience, GroupStep, Step } from './access-steps.js';
import { v7 as uuid } from 'uuid';
import { Asker } from './asker.js';
import { inDays } from './events.js';
import { PASSWORD, registration, signUp } from './people.js';
import { picture } from './pictures.js';
import { allTold } from './notifications.js';
import { listsSettled } from './posts.js';
import { API, type TestApp } from './test-app.js';

type Browser = Awaited<ReturnType<typeof signUp>>;

export const ANONYMOUS = 'anonymous';

/** A post that is there when a history begins, and who likes and comments on it. */
export interface OpeningPost {
  name: string;
  author: string;
  audience: Audience;
  /** The group that it is in, if that is its audience */
  group?: string;
  isPinned?: true;
  /** The name of the post that it passes on */
  shared?: string;
  likers: string[];
  commenter: string;
  replier: string;
  /** Who wrote another comment, and another reply to the first one */
  alsoBy?: string;
  /** Who did the same and deleted both */
  deletedBy?: string;
  /** Its picture is still being processed */
  isUnready?: true;
}

export interface WrittenPerson {
  id: string;
  handle: string;
  email: string;
  avatar: string;
  banner: string;
  /** The id of something that is attached to nothing */
  upload: string;
  /** The secret address of their events */
  calendar: string;
  browser: Browser;
}

/** A post in the api, and what hangs on it. */
export interface WrittenPost {
  id: string;
  author: string;
  media: Post['media'];
  comment: Comment;
  reply: Comment;
  also: Comment[];
  deleted: Comment[];
}

/** A group in the api. */
export interface WrittenGroup {
  id: string;
  creator: string;
  banner: NonNullable<GroupDetails['banner']>;
}

/** An event in the api, and what hangs on it and its post. */
export interface WrittenEvent {
  id: string;
  seriesId: string;
  groupId: string;
  optionId: string;
  comment: Comment;
  reply: Comment;
}

/** Real people and posts in a real api, and beside them the model of what they ought to see. */
export class AccessWorld {
  model!: AccessModel;
  readonly people = new Map<string, WrittenPerson>();
  readonly posts = new Map<string, WrittenPost>();
  readonly groups = new Map<string, WrittenGroup>();
  readonly events = new Map<string, WrittenEvent>();
  readonly conversations = new Conversations(this);
  readonly pages = new Pages(this);
  private readonly askers = new Map<string, Asker>();

  private constructor(
    readonly app: TestApp,
    private readonly opening: OpeningPost[],
    private readonly openingGroups: OpeningGroup[],
    private readonly openingEvents: OpeningEvent[],
    private readonly openingConversations: OpeningConversation[],
  ) {
    this.askers.set(ANONYMOUS, Asker.anonymous(app.url));
  }

  static async open(
    app: TestApp,
    names: string[],
    opening: OpeningPost[],
    groups: OpeningGroup[] = [],
    events: OpeningEvent[] = [],
    conversations: OpeningConversation[] = [],
  ): Promise<AccessWorld> {
    const world = new AccessWorld(app, opening, groups, events, conversations);
    for (const name of names) await world.invite(name);
    for (const group of groups) await world.found(group);
    for (const post of opening) await world.write(post);
    for (const event of events) await world.plan(event);
    for (const conversation of conversations) await world.conversations.begin(conversation);
    await world.reset();
    return world;
  }

  close(): void {
    this.pages.closeAll();
    this.asker(ANONYMOUS).close();
  }

  get names(): string[] {
    return [...this.people.keys()];
  }

  person(name: string): WrittenPerson {
    return this.people.get(name)!;
  }

  post(name: string): WrittenPost {
    return this.posts.get(name)!;
  }

  group(name: string): WrittenGroup {
    return this.groups.get(name)!;
  }

  asker(viewer: string): Asker {
    return this.askers.get(viewer)!;
  }

  event(name: string): WrittenEvent {
    return this.events.get(name)!;
  }

  /** The events of these posts. */
  eventsOf(posts: { id: string }[]): string[] {
    const ids = new Set(posts.map(({ id }) => id));
    return [...this.events].flatMap(([name, { seriesId }]) => (ids.has(seriesId) ? [name] : []));
  }

  /** The names of people, posts, groups or events of this world, in its order. */
  namesOf(kind: 'people' | 'posts' | 'groups' | 'events', found: { id: string }[]): string[] {
    const ids = new Set(found.map(({ id }) => id));
    return [...this[kind]].flatMap(([name, { id }]) => (ids.has(id) ? [name] : []));
  }

  /** The times of people in a group, those that are over too. */
  async membershipsOf(name: string): Promise<{ id: string; who: string; isOver: boolean }[]> {
    const { id } = this.group(name);
    const rows = await this.app
      .get(Database)
      .many<{ id: string; userId: string; endedAt: string }>(
        sql`SELECT id, user_id AS "userId", ended_at AS "endedAt" FROM memberships WHERE group_id = ${id} ORDER BY id`,
      );
    return rows.flatMap(({ id, userId, endedAt }) =>
      this.namesOf('people', [{ id: userId }]).map((who) => ({
        id,
        who,
        isOver: endedAt !== null,
      })),
    );
  }

  conversationOf = (id: string): string => this.conversations.nameOf(id);
  messageOf = (id: string): string => this.conversations.textOf(id);

  /** What every post says, with a word that tells its versions apart. */
  wordsOf(text: string): string {
    const mentions = [...this.people.values()].map(({ id }) => `@${id}`);
    return `#matrix ${mentions.join(' ')} ${text}`;
  }

  async apply(step: Step): Promise<void> {
    this.model.apply(step);
    const status = await this.happen(step);
    if (status >= 500) throw new Error(`${JSON.stringify(step)} answered ${status}`);
    await listsSettled(this.app);
    await allTold(this.app);
  }

  /** Back to strangers with public profiles and the posts they began with, by the shortest way. */
  async reset(): Promise<void> {
    for (const name of this.names.filter((one) => this.model && !this.model.isActive(one)))
      await this.apply({ kind: 'setState', of: name, to: 'active' });
    const hashtags = this.app.get(PostHashtagsRepository);
    await this.app.get(Database).transaction(async (transaction) => {
      for (const table of [
        sql`follows`,
        sql`follow_counts`,
        sql`blocks`,
        sql`mutes`,
        sql`feed_entries`,
        sql`post_versions`,
        sql`post_mentions`,
        sql`chosen_followers`,
        sql`hidden_presences`,
      ])
        await transaction.run(sql`DELETE FROM ${table}`);
      await transaction.run(
        sql`DELETE FROM notifications WHERE kind LIKE 'follow%' OR kind LIKE 'group-%'`,
      );
      await this.conversations.reset(transaction);
      await transaction.run(sql`
        UPDATE users SET visibility = 'public', email_visibility = 'profile', date_of_birth_visibility = 'profile'`);
      const ids = join([...this.posts.values()].map(({ id }) => id));
      await transaction.run(sql`
        INSERT INTO post_mentions (user_id, post_id)
        SELECT u.id, p.id FROM users u CROSS JOIN posts p WHERE p.id IN (${ids})`);
      for (const { name, audience } of this.opening) {
        const { id } = this.post(name);
        await transaction.run(sql`
          UPDATE posts SET audience = ${audience}, content = ${this.wordsOf('first')}, deleted_at = NULL,
            deleted_by_id = NULL
          WHERE id = ${id}`);
        await hashtags.settle(transaction, id);
      }
    });
    for (const group of this.openingGroups)
      await this.fill(group, [group.creator, ...group.members]);
    for (const event of this.openingEvents) await this.answer(event);
    await listsSettled(this.app);
    await allTold(this.app);
    this.model = this.openingModel();
    for (const name of this.names) await this.pages.open(name);
    await this.pages.toldSince(new Map());
  }

  private async found({ name, creator }: OpeningGroup): Promise<void> {
    const { browser } = this.person(creator);
    const values = { title: name, description: descriptionOf(name) };
    const bannerId = await this.upload(browser);
    const { id, banner }: GroupDetails = (
      await browser
        .post(`${API}/groups`)
        .send({ ...values, bannerId })
        .expect(201)
    ).body;
    this.groups.set(name, { id, creator, banner: banner! });
    await this.fill({ name, creator, members: [] }, this.names);
  }

  /** These are in the group from now on, and nobody else is in it or on the way there. */
  private async fill({ name, creator }: OpeningGroup, members: string[]): Promise<void> {
    const { id } = this.group(name);
    const memberships = this.app.get(MembershipsService);
    await this.app.get(Database).transaction(async (transaction) => {
      await locks.group(transaction, id);
      for (const table of [sql`memberships`, sql`group_invitations`, sql`group_requests`])
        await transaction.run(sql`DELETE FROM ${table} WHERE group_id = ${id}`);
      await transaction.run(sql`
        UPDATE groups SET creator_id = ${this.person(creator).id}, member_count = 0, deleted_at = NULL
        WHERE id = ${id}`);
      for (const member of members)
        await memberships.enter(transaction, id, this.person(member).id, {
          role: member === creator ? 'creator' : 'member',
          ...{ byId: null, how: 'created' },
        });
    });
  }

  private openingModel(): AccessModel {
    const posts = this.opening.map((post): ModelPost => ({
      ...post,
      shared: post.shared ?? null,
      group: post.group ?? null,
      chosen: new Set(),
      text: 'first',
      mentioned: new Set(this.names),
      versions: [],
      isDeleted: false,
      deletedBy: null,
      commentsDeletedBy: post.deletedBy,
    }));
    const { openingGroups, openingEvents, openingConversations } = this;
    return new AccessModel(this.names, posts, openingGroups, openingEvents, openingConversations);
  }

  private async invite(name: string): Promise<void> {
    const email = `${name.toLowerCase()}@example.org`;
    const browser = await signUp(this.app, registration({ email, firstName: name }));
    const image = await picture('png', 60, 40);
    const put = async (what: string) =>
      (
        await browser
          .put(`${API}/users/me/${what}`)
          .attach('file', image, `${what}.png`)
          .expect(200)
      ).body;
    await put('avatar');
    const { id, handle, avatar, banner } = await put('banner');
    const upload = await this.upload(browser);
    const { body } = await browser.post(`${API}/users/me/calendar`).expect(201);
    const calendar = new URL(body.url as string).pathname;
    this.people.set(name, {
      ...{ id, handle, email, upload, calendar, browser },
      ...{ avatar: avatar.small, banner },
    });
    this.askers.set(name, await this.asker(ANONYMOUS).logIn(email, PASSWORD));
  }

  /** Written while everyone sees everything; the audience follows with `reset`. */
  private async write(post: OpeningPost): Promise<void> {
    const { name, author, shared, group, likers, commenter, replier } = post;
    const content = this.wordsOf('first');
    const { browser } = this.person(author);
    const audience = group
      ? { audience: 'group', groupId: this.group(group).id }
      : { audience: 'public' };
    const written = shared
      ? browser.post(`${API}/posts/${this.post(shared).id}/share`).send({ ...audience, content })
      : browser
          .post(`${API}/posts`)
          .send({ ...audience, content, mediaIds: [await this.upload(browser)] });
    const { id, media }: Post = (await written.expect(201)).body;
    if (shared) await this.tellOfShare(id, author, this.post(shared));
    for (const liker of likers)
      await this.person(liker).browser.put(`${API}/posts/${id}/like`).expect(200);
    const comment = await this.comment(id, commenter, {});
    if (likers[0])
      await this.person(likers[0]).browser.put(`${API}/comments/${comment.id}/like`).expect(200);
    const reply = await this.comment(id, replier, { parentId: comment.id });
    const commentTwice = async (who?: string) =>
      who
        ? [await this.comment(id, who, {}), await this.comment(id, who, { parentId: comment.id })]
        : [];
    const also = await commentTwice(post.alsoBy);
    const deleted = await commentTwice(post.deletedBy);
    for (const one of deleted)
      await this.person(post.deletedBy!).browser.delete(`${API}/comments/${one.id}`).expect(204);
    this.posts.set(name, { id, author, media, comment, reply, also, deleted });
    if (post.isPinned) {
      const leader = this.person(this.group(group!).creator).browser;
      await leader.put(`${API}/posts/${id}/pin`).expect(204);
    }
    if (post.isUnready)
      await this.writePast(sql`UPDATE media SET status = 'processing' WHERE id = ${media[0]!.id}`);
  }

  /** Planned and talked about while everyone is in the group. */
  private async plan({ name, group, maker, ...event }: OpeningEvent): Promise<void> {
    const { id: groupId } = this.group(group);
    const values = { title: name, start: inDays(10), zone: 'Europe/Berlin' };
    const { id, seriesId, options }: Event = (
      await this.person(maker)
        .browser.post(`${API}/groups/${groupId}/events`)
        .send(values)
        .expect(201)
    ).body;
    await this.tellOfEvent(id, maker);
    await this.person(event.liker).browser.put(`${API}/posts/${seriesId}/like`).expect(200);
    const comment = await this.comment(seriesId, event.commenter, {});
    const reply = await this.comment(seriesId, event.replier, { parentId: comment.id });
    this.events.set(name, {
      ...{ id, seriesId, groupId, comment, reply },
      optionId: options[0]!.id,
    });
  }

  /** These have answered, and nobody else, as if whoever is not in the group had just left it. */
  private async answer({ name, answered }: OpeningEvent): Promise<void> {
    const { id: eventId, seriesId, optionId } = this.event(name);
    await this.app.get(Database).transaction(async (transaction) => {
      for (const table of [sql`event_answers`, sql`event_counts`])
        await transaction.run(sql`DELETE FROM ${table} WHERE event_id = ${eventId}`);
      for (const who of answered)
        await transaction.run(sql`
          INSERT INTO event_answers (id, event_id, user_id, option_id, answered_at)
          VALUES (${uuid()}, ${eventId}, ${this.person(who).id}, ${optionId}, ${new Date().toISOString()})`);
      const count = answered.length;
      await transaction.run(sql`
        INSERT INTO event_counts (event_id, option_id, taken, answer_count, waiting_count)
        VALUES (${eventId}, ${optionId}, ${count}, ${count}, 0)`);
      await transaction.run(
        sql`UPDATE event_series SET answer_count = ${count} WHERE id = ${seriesId}`,
      );
    });
  }

  private async comment(postId: string, who: string, values: object): Promise<Comment> {
    const { browser } = this.person(who);
    const mediaId = await this.upload(browser);
    const { body } = await browser
      .post(`${API}/posts/${postId}/comments`)
      .send({ content: 'Hm', mediaId, ...values })
      .expect(201);
    // One after the other, as only the newest that somebody wrote is told of.
    await allTold(this.app);
    return body;
  }

  /** As if it had not mentioned the author: then they would be told of that instead. */
  private tellOfShare(postId: string, by: string, shared: WrittenPost): Promise<void> {
    if (by === shared.author) return Promise.resolve();
    const values = { kind: 'share', key: `share ${shared.id}`, postId: shared.id };
    return this.tell(shared.author, by, values, postId);
  }

  /** As if the event had been changed, come near and been cancelled. */
  private async tellOfEvent(eventId: string, maker: string): Promise<void> {
    for (const to of this.names)
      for (const kind of ['event-changed', 'event-cancelled', 'event-reminder']) {
        const by = kind === 'event-reminder' ? null : maker;
        if (to !== by) await this.tell(to, by, { kind, key: `${kind} ${eventId}`, eventId });
      }
  }

  /** What nothing in the api says of itself here. */
  private async tell(
    to: string,
    by: string | null,
    { kind, key, ...about }: { kind: string; key: string; postId?: string; eventId?: string },
    writtenPostId: string | null = null,
  ): Promise<void> {
    const user = this.person(to).id;
    const { postId = null, eventId = null } = about;
    await this.app.get(Database).transaction(async (transaction) => {
      const before = await transaction.one<{ id: string }>(
        sql`SELECT id FROM notifications WHERE user_id = ${user} AND group_key = ${key}`,
      );
      const id = before?.id ?? uuid();
      if (!before)
        await transaction.run(sql`
          INSERT INTO notifications (id, user_id, position, kind, group_key, post_id, event_id)
          VALUES (${id}, ${user}, ${uuid()}, ${kind}, ${key}, ${postId}, ${eventId})`);
      if (!by) return;
      const actor = this.person(by).id;
      // The newest action of a person counts.
      await transaction.run(sql`
        DELETE FROM notification_actions WHERE notification_id = ${id} AND actor_id = ${actor}`);
      await transaction.run(sql`
          INSERT INTO notification_actions (id, notification_id, actor_id, post_id)
          VALUES (${uuid()}, ${id}, ${actor}, ${writtenPostId})`);
    });
  }

  async upload(browser: Browser): Promise<string> {
    const image = await picture('png', 60, 40);
    return (await browser.post(`${API}/media`).attach('file', image, 'a.png').expect(201)).body.id;
  }

  private async happen(step: Step): Promise<number> {
    if ('post' in step) return this.happenToPost(step);
    if ('group' in step) return this.happenInGroup(step);
    if ('conversation' in step)
      return this.conversations.happen(step, wordsBy(step.by, this.model.chat.words));
    if (step.kind === 'setPage') {
      await (this.model.chat.hasPage(step.of)
        ? this.pages.open(step.of)
        : this.pages.close(step.of));
      return 200;
    }
    if (step.kind === 'dayPasses') {
      const longAgo = new Date(Date.now() - 25 * 3600_000).toISOString();
      for (const table of [sql`follows`, sql`group_invitations`, sql`group_requests`])
        await this.writePast(
          sql`UPDATE ${table} SET decided_at = ${longAgo} WHERE decided_at IS NOT NULL`,
        );
      return 200;
    }
    if (step.kind === 'setState') return this.setState(step.of, step.to);
    const ask = async (method: string, path: string, body?: object) =>
      (await this.asker(step.by).ask(method, path, body)).status;
    if (step.kind === 'setVisibility')
      return ask('PUT', 'users/me/privacy', { visibility: step.to });
    if (step.kind === 'setPresence')
      return ask('PUT', 'users/me/presence', { isVisible: step.isShown });
    if (step.kind === 'setField')
      return ask('PATCH', 'users/me', { [`${step.field}Visibility`]: step.to });
    const { id } = this.person(step.of);
    switch (step.kind) {
      case 'startChat':
        return this.conversations.start(step.by, step.of);
      case 'follow':
        return ask('PUT', `users/${id}/follow`);
      case 'unfollow':
        return ask('DELETE', `users/${id}/follow`);
      case 'accept':
      case 'decline':
        return ask('POST', `follow-requests/${id}/${step.kind}`);
      case 'restoreRequest':
        return ask('POST', `follow-requests/${id}/restore`);
      case 'removeFollower':
        return ask('DELETE', `followers/${id}`);
      case 'block':
        return ask('PUT', `users/me/blocks/${id}`);
      case 'unblock':
        return ask('DELETE', `users/me/blocks/${id}`);
      case 'mute':
        return ask('PUT', `users/me/mutes/${id}`);
      case 'unmute':
        return ask('DELETE', `users/me/mutes/${id}`);
    }
  }

  /** Nothing else than a service hides or restores an account yet. */
  private async setState(name: string, to: AccountState): Promise<number> {
    const accounts = this.app.get(AccountStatesService);
    const { id, email } = this.person(name);
    await this.app.get(Database).transaction(async (transaction) => {
      if (to !== 'active') return accounts.hide(transaction, id, to);
      for (const reason of await accounts.reasons(id, transaction))
        await accounts.restore(transaction, id, reason);
    });
    if (to !== 'active') await this.pages.areClosed(name);
    if (to === 'active') this.askers.set(name, await this.asker(ANONYMOUS).logIn(email, PASSWORD));
    return 200;
  }

  private async happenToPost(step: Extract<Step, { post: string }>): Promise<number> {
    const { id, author } = this.post(step.post);
    const by = ('by' in step && step.by) || author;
    const ask = async (method: string, path: string, body?: object) =>
      (await this.asker(by).ask(method, `posts/${id}${path}`, body)).status;
    switch (step.kind) {
      case 'deletePost':
        return ask('DELETE', '');
      case 'restorePost':
        return ask('POST', '/restore');
    }
    const chosenUserIds = step.to === 'chosen' ? step.chosen.map((one) => this.person(one).id) : [];
    const audience = { audience: step.to, chosenUserIds };
    if (step.kind === 'setAudience') return ask('PUT', '/audience', audience);
    return ask('PATCH', '', { content: this.wordsOf(step.text), ...(step.to && audience) });
  }

  private async happenInGroup(step: GroupStep): Promise<number> {
    const { id } = this.group(step.group);
    const ask = async (method: string, path: string, body?: object) =>
      (await this.asker(step.by).ask(method, `groups/${id}${path}`, body)).status;
    const of = 'of' in step ? this.person(step.of).id : '';
    switch (step.kind) {
      case 'ask':
        return ask('POST', '/requests', { words: wordsOf(step.by) });
      case 'withdrawRequest':
        return ask('DELETE', '/requests/me');
      case 'acceptInvitation':
        return ask('POST', '/invitation/accept');
      case 'declineInvitation':
        return ask('POST', '/invitation/decline');
      case 'leave':
        return ask('DELETE', '/members/me');
      case 'deleteGroup':
        return ask('DELETE', '');
      case 'restoreGroup':
        return ask('POST', '/restore');
      case 'invite':
        return ask('POST', '/invitations', { userIds: [of], words: wordsOf(step.by) });
      case 'withdrawInvitation':
        return ask('DELETE', `/invitations/${of}`);
      case 'acceptRequest':
        return ask('POST', `/requests/${of}/accept`);
      case 'refuseRequest':
        return ask('POST', `/requests/${of}/refuse`);
      case 'removeMember':
        return ask('DELETE', `/members/${of}`);
      case 'handOver':
        return ask('PUT', '/creator', { userId: of });
    }
  }

  /** What nobody can do through the api, or not yet. */
  private async writePast(statement: ReturnType<typeof sql>): Promise<number> {
    await this.app.get(Database).transaction((transaction) => transaction.run(statement));
    return 200;
  }
}
