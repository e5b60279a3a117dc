import type { GroupDetails } from '@echomate/contracts/groups.dto';
import type { Comment, Post } from '@echomate/contracts/posts.dto';
import { PostHashtagsRepository } from '../../src/modules/posts/post-hashtags.repository.js';
import { SearchIndexingService } from '../../src/modules/search/search-indexing.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql } from '../../src/platform/database/statements.js';
import type { OpeningConversation } from './access-chat-model.js';
import { Conversations } from './access-conversations.js';
import type { OpeningEvent } from './access-event-model.js';
import type { OpeningGroup } from './access-group-model.js';
import { chooseWhatIsShown, hintAtEverything } from './access-discovery-paths.js';
import { happen } from './access-happen.js';
import { AccessModel, type ModelPost } from './access-model.js';
import { answer, fill, found, invite, plan, registerInVain, write } from './access-opening.js';
import { Pages } from './access-pages.js';
import { TEXTS, type Audience, type Step } from './access-steps.js';
import { Asker } from './asker.js';
import { allTold } from './notifications.js';
import { PASSWORD, type signUp } from './people.js';
import { picture } from './pictures.js';
import { listsSettled } from './posts.js';
import { API, type TestApp } from './test-app.js';

type Browser = Awaited<ReturnType<typeof signUp>>;

export const ANONYMOUS = 'anonymous';

/** How a request says who sends it. */
export const CREDENTIALS = ['session', 'token'] as const;
export type Credential = (typeof CREDENTIALS)[number];

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
  /** Who has liked it and its first comment, and does no more */
  likesTakenBackBy?: string;
  commenter: string;
  replier: string;
  /** Who wrote another comment, and another reply to the first one */
  alsoBy?: string;
  /** Who did the same and deleted both */
  deletedBy?: string;
  /** Who has reported it before anything happened */
  reporter?: string;
  /** Its author has imported it */
  isImported?: true;
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
  /** A comment, a reply to it, and one to the first comment */
  deleted: Comment[];
  /** Of what was reported about it */
  caseId?: string;
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
  /** The id of a file that belongs to nobody yet */
  unowned!: string;
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
    for (const name of names) await invite(world, name);
    for (const group of groups) await found(world, group);
    for (const post of opening) await write(world, post);
    for (const event of events) await plan(world, event);
    for (const conversation of conversations) await world.conversations.begin(conversation);
    await chooseWhatIsShown(world);
    world.unowned = await registerInVain(world);
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

  asker(viewer: string, by: Credential = 'session'): Asker {
    const asker = this.askers.get(viewer)!;
    return by === 'token' ? (asker.withToken ?? asker) : asker;
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

  /** What every post says, with a hashtag that tells its versions apart. */
  wordsOf(text: string): string {
    const mentions = [...this.people.values()].map(({ id }) => `@${id}`);
    return `#matrix ${mentions.join(' ')} #${text}`;
  }

  async apply(step: Step): Promise<void> {
    this.model.apply(step);
    const status = await happen(this, step);
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
          UPDATE posts SET audience = ${audience}, content = ${this.wordsOf(TEXTS[0]!)}, deleted_at = NULL,
            deleted_by_id = NULL
          WHERE id = ${id}`);
        await hashtags.replace(transaction, id, ['matrix', TEXTS[0]!]);
      }
      await hintAtEverything(transaction, this);
    });
    for (const group of this.openingGroups)
      await fill(this, group, [group.creator, ...group.members]);
    for (const event of this.openingEvents) await answer(this, event);
    // What was put back past the program.
    await this.app.get(SearchIndexingService).requestRebuild();
    await listsSettled(this.app);
    await allTold(this.app);
    this.model = this.openingModel();
    for (const name of this.names) await this.pages.open(name);
    await this.pages.toldSince(new Map());
  }

  private openingModel(): AccessModel {
    const posts = this.opening.map((post): ModelPost => ({
      ...post,
      shared: post.shared ?? null,
      group: post.group ?? null,
      chosen: new Set(),
      text: TEXTS[0]!,
      mentioned: new Set(this.names),
      versions: [],
      isDeleted: false,
      deletedBy: null,
      commentsDeletedBy: post.deletedBy,
    }));
    const { openingGroups, openingEvents, openingConversations } = this;
    return new AccessModel(this.names, posts, openingGroups, openingEvents, openingConversations);
  }

  async upload(browser: Browser): Promise<string> {
    const image = await picture('png', 60, 40);
    return (await browser.post(`${API}/media`).attach('file', image, 'a.png').expect(201)).body.id;
  }

  async logIn(name: string): Promise<void> {
    const { email } = this.person(name);
    this.askers.set(name, await this.asker(ANONYMOUS).logIn(email, PASSWORD));
  }

  /** What nobody can do through the api, or not yet. */
  async writePast(statement: ReturnType<typeof sql>): Promise<number> {
    await this.app.get(Database).transaction((transaction) => transaction.run(statement));
    return 200;
  }
}
