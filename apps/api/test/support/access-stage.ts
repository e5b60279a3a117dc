import type { ActivityPage, Profile } from '@echomate/contracts/follows.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { PostHashtagsRepository } from '../../src/modules/posts/post-hashtags.repository.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { AccessModel, type Fact, type Field } from './access-model.js';
import {
  findPostMismatches,
  openingPosts,
  putOnStage,
  wordsOf,
  type StagedPost,
} from './access-posts.js';
import { registration, signUp } from './people.js';
import { picture } from './pictures.js';
import { listsSettled } from './posts.js';
import { API, type TestApp } from './test-app.js';

type Browser = Awaited<ReturnType<typeof signUp>>;
const FIELDS: Field[] = ['email', 'dateOfBirth'];

/** Real people in a real api, and beside them the model of what they ought to see. */
export class AccessStage {
  model: AccessModel;
  cells = 0;
  transitions = 0;

  private constructor(
    readonly app: TestApp,
    readonly browsers: Browser[],
    readonly people: { id: string; name: string; avatar: string; banner: string }[],
    readonly posts: StagedPost[],
  ) {
    this.model = new AccessModel(people.length, openingPosts(people.length));
  }

  static async open(app: TestApp, names: string[]): Promise<AccessStage> {
    const browsers: Browser[] = [];
    const people: AccessStage['people'] = [];
    for (const name of names) {
      const browser = await signUp(
        app,
        registration({ email: `${name.toLowerCase()}@example.org`, firstName: name }),
      );
      const image = await picture('png', 60, 40);
      await browser.put(`${API}/users/me/avatar`).attach('file', image, 'a.png').expect(200);
      const { body } = await browser
        .put(`${API}/users/me/banner`)
        .attach('file', image, 'b.png')
        .expect(200);
      browsers.push(browser);
      people.push({ id: body.id, name, avatar: body.avatar.small, banner: body.banner });
    }
    return new AccessStage(app, browsers, people, await putOnStage(browsers, people));
  }

  /** Back to strangers with public profiles and the posts they began with, by the shortest way. */
  async reset(): Promise<void> {
    const opening = openingPosts(this.people.length);
    await this.app.get(Database).transaction(async (transaction) => {
      await transaction.run(sql`DELETE FROM follows`);
      await transaction.run(sql`DELETE FROM follow_counts`);
      await transaction.run(sql`DELETE FROM blocks`);
      await transaction.run(sql`DELETE FROM mutes`);
      await transaction.run(sql`DELETE FROM feed_entries`);
      await transaction.run(sql`DELETE FROM post_versions`);
      await transaction.run(sql`DELETE FROM post_mentions`);
      await transaction.run(
        sql`INSERT INTO post_mentions (user_id, post_id) SELECT u.id, p.id FROM users u CROSS JOIN posts p`,
      );
      for (const [index, { audience, text }] of opening.entries())
        await transaction.run(sql`
          UPDATE posts SET audience = ${audience}, content = ${wordsOf(this.people, text)}, deleted_at = NULL
          WHERE id = ${this.posts[index]!.id}`);
      await transaction.run(sql`
        UPDATE users SET visibility = 'public', email_visibility = 'profile', date_of_birth_visibility = 'profile'`);
      for (const post of this.posts)
        await this.app.get(PostHashtagsRepository).settle(transaction, post.id);
    });
    this.model = new AccessModel(this.people.length, opening);
  }

  async apply(fact: Fact): Promise<void> {
    this.transitions++;
    this.model.apply(fact);
    const status = await this.happen(fact);
    if (status >= 500) throw new Error(`${JSON.stringify(fact)} answered ${status}`);
    await listsSettled(this.app);
  }

  private async happen(fact: Fact): Promise<number> {
    if (fact.kind === 'dayPasses') {
      const longAgo = new Date(Date.now() - 25 * 3600_000).toISOString();
      await this.app
        .get(Database)
        .transaction((transaction) =>
          transaction.run(
            sql`UPDATE follows SET decided_at = ${longAgo} WHERE decided_at IS NOT NULL`,
          ),
        );
      return 200;
    }
    if ('post' in fact) return this.happenToPost(fact);
    const me = this.browsers[fact.by]!;
    if (fact.kind === 'setVisibility')
      return (await me.put(`${API}/users/me/privacy`).send({ visibility: fact.to })).status;
    if (fact.kind === 'setField')
      return (await me.patch(`${API}/users/me`).send({ [`${fact.field}Visibility`]: fact.to }))
        .status;
    const { id } = this.people[fact.of]!;
    switch (fact.kind) {
      case 'follow':
        return (await me.put(`${API}/users/${id}/follow`)).status;
      case 'unfollow':
        return (await me.delete(`${API}/users/${id}/follow`)).status;
      case 'accept':
      case 'decline':
        return (await me.post(`${API}/follow-requests/${id}/${fact.kind}`)).status;
      case 'removeFollower':
        return (await me.delete(`${API}/followers/${id}`)).status;
      case 'block':
        return (await me.put(`${API}/users/me/blocks/${id}`)).status;
      case 'unblock':
        return (await me.delete(`${API}/users/me/blocks/${id}`)).status;
      case 'mute':
        return (await me.put(`${API}/users/me/mutes/${id}`)).status;
      case 'unmute':
        return (await me.delete(`${API}/users/me/mutes/${id}`)).status;
    }
  }

  private async happenToPost(fact: Extract<Fact, { post: number }>): Promise<number> {
    const { id, author } = this.posts[fact.post]!;
    const me = this.browsers[author]!;
    if (fact.kind === 'deletePost') return (await me.delete(`${API}/posts/${id}`)).status;
    if (fact.kind === 'restorePost') return (await me.post(`${API}/posts/${id}/restore`)).status;
    const chosenUserIds =
      fact.to === 'chosen' ? fact.chosen.map((one) => this.people[one]!.id) : [];
    const audience = { audience: fact.to, chosenUserIds };
    if (fact.kind === 'setAudience')
      return (await me.put(`${API}/posts/${id}/audience`).send(audience)).status;
    const content = wordsOf(this.people, fact.text);
    return (await me.patch(`${API}/posts/${id}`).send({ content, ...(fact.to && audience) }))
      .status;
  }
}

/** Asks every path as every one of these viewers about every one of them, and lists where the answer is not the model's. */
export async function findMismatches(
  stage: AccessStage,
  model: AccessModel,
  among = model.everyone(),
  posts = model.posts.map((_, index) => index),
): Promise<string[]> {
  const found: string[] = [];
  const expectSame = (what: string, actual: unknown, expected: unknown) => {
    stage.cells++;
    const [is, ought] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (is !== ought) found.push(`${what}: is ${is}, ought to be ${ought}`);
  };
  const indexOf = (card: UserCard) => stage.people.findIndex(({ id }) => id === card.id);
  const sorted = (cards: UserCard[]) => cards.map(indexOf).sort();

  const lookAs = async (viewer: number) => {
    const browser = stage.browsers[viewer]!;
    const get = (path: string) => browser.get(path.startsWith('/') ? path : `${API}/${path}`);
    const visibleTo = (people: number[]) =>
      people.filter((one) => model.seesCard(viewer, one)).sort();
    const name = stage.people[viewer]!.name;

    const search = await get('users?limit=50');
    expectSame(
      `${name} finds`,
      sorted(search.body.items),
      visibleTo(model.everyone()).filter((one) => one !== viewer),
    );
    const requests = await get('follow-requests');
    expectSame(
      `${name} is asked by`,
      sorted(requests.body.items.map(({ user }: { user: UserCard }) => user)),
      visibleTo(model.requestsTo(viewer)),
    );
    const blocked = await get('users/me/blocks');
    expectSame(`${name} blocks`, sorted(blocked.body.items), model.blockedBy(viewer));
    const news = await get('followers/unseen');
    expectSame(`${name} has requests`, news.body.requests, model.requestsTo(viewer).length);
    const suggestions = await get('users/suggestions');
    for (const { user } of suggestions.body.items as { user: UserCard }[]) {
      expectSame(
        `${name} is suggested ${user.firstName}`,
        model.seesCard(viewer, indexOf(user)) && model.status(viewer, indexOf(user)) === 'none',
        true,
      );
    }

    for (const object of among) {
      const { id, avatar, banner, name: other } = stage.people[object]!;
      const what = `${name} → ${other}`;
      const sees = {
        card: model.seesCard(viewer, object),
        profile: model.seesProfile(viewer, object),
      };

      const { status, body } = (await get(`users/${id}`)) as { status: number; body: Profile };
      expectSame(`${what} profile`, status, sees.card ? 200 : 404);
      if (status === 200) {
        expectSame(`${what} is open`, body.isOpen, sees.profile);
        for (const field of FIELDS)
          expectSame(
            `${what} ${field}`,
            body[field] !== null,
            model.seesField(viewer, object, field),
          );
        expectSame(`${what} opened on`, body.createdAt !== null, sees.profile);
        expectSame(`${what} banner`, body.banner !== null, sees.profile);
        expectSame(
          `${what} followers counted`,
          body.followerCount,
          sees.profile ? model.counted(viewer, model.followersOf(object)) : null,
        );
        expectSame(
          `${what} following counted`,
          body.followingCount,
          sees.profile ? model.counted(viewer, model.followedBy(object)) : null,
        );
        expectSame(`${what} stands`, body.relation.following.status, model.status(viewer, object));
        expectSame(`${what} muted`, body.relation.isMuted, model.mutes.has(`${viewer}>${object}`));
      }

      const lists: Record<string, number[]> = {
        followers: model.followersOf(object),
        following: model.followedBy(object),
        mutuals: model
          .everyone()
          .filter((one) => model.isFollowing(viewer, one) && model.isFollowing(one, object)),
      };
      for (const [list, people] of Object.entries(lists)) {
        const answer = await get(`users/${id}/${list}?limit=50`);
        expectSame(
          `${what} ${list}`,
          answer.status === 200 ? sorted(answer.body.items) : answer.status,
          sees.profile ? visibleTo(people) : 404,
        );
      }
      const activity = await get(`users/${id}/activity`);
      expectSame(
        `${what} activity`,
        activity.status === 200
          ? sorted((activity.body as ActivityPage).items.flatMap(({ user }) => user ?? []))
          : activity.status,
        sees.profile
          ? model.followedBy(object).filter((one) => model.seesFollowed(viewer, one))
          : 404,
      );
      expectSame(`${what} avatar bytes`, (await get(avatar)).status, sees.card ? 200 : 404);
      expectSame(`${what} banner bytes`, (await get(banner)).status, sees.profile ? 200 : 404);
    }
    await findPostMismatches(stage, model, viewer, posts, expectSame);
  };
  await Promise.all(among.map(lookAs));
  return found;
}
