import { Injectable } from '@nestjs/common';
import { canSeeInLists, postColumns } from '../../access/post.access.js';
import { follows, hiddenFrom } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { newestOf } from '../../platform/database/dialect.js';
import {
  anyOf,
  empty,
  join,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { PostHashtag } from './entities/post-hashtag.entity.js';

/** Whose page of which hashtag, from where on. */
export interface TagQuestion {
  viewerId: string;
  tag: string;
  before: string | null;
}

/** Where posts are looked for: rows that come newest first out of an index. */
interface Source {
  from: Sql;
  where: Sql;
  id: Sql;
}

/** How many rows of a source a statement walks past. */
type Walk = Partial<Record<'everyone' | 'followers' | 'chosen', number>>;

const GLANCE: Walk = { everyone: 250, followers: 250, chosen: 250 };
/** Whom the viewer does not see is left out by the index alone; each choice costs a look. */
const FURTHER: Walk = { everyone: 10_000, chosen: 1_000 };
const OLDEST = '00000000-0000-0000-0000-000000000000';

/** Where a merged statement stops looking. */
const END = sql`COALESCE((SELECT id FROM walked), ${OLDEST})`;

const p = postColumns(sql`p`);

/** Of a post `p` and its author. Of a share, its own reach, so that nothing follows from a change of the original. */
const REACH = sql`CASE
  WHEN p.deleted_at IS NOT NULL OR p.audience = 'unlisted' THEN 'nobody'
  WHEN p.audience = 'public' AND author.visibility = 'public' THEN 'everyone'
  WHEN p.audience IN ('public', 'followers') THEN 'followers'
  ELSE 'chosen' END`;

/**
 * The posts of a hashtag. Each row says how far its post reaches, so that a page is looked for where its viewer
 * may find something, and costs the same whatever there is that others hide. It only says where to look: the rule
 * is asked about every post.
 */
@Injectable()
export class PostHashtagsRepository {
  constructor(private readonly database: Database) {}

  /** The newest posts as far as a glance goes. Where it names fewer than asked for, there may be more. */
  glance(question: TagQuestion, limit: number): Sql {
    const sources = [
      this.ofEveryone(question),
      this.ofFollowed(question),
      this.chosen(question),
      this.ofPerson(question, question.viewerId, 'chosen'),
    ];
    const parts = sources.map(
      ({ from, where, id }) => sql`
        SELECT ${id} AS id FROM ${from} JOIN posts p ON p.id = ${id}
        WHERE ${where} AND ${id} >= ${END} AND ${canSeeInLists(sql`${question.viewerId}`, p)}`,
    );
    return this.merged(question, GLANCE, parts, limit);
  }

  /** Those of these posts that the viewer may see. */
  among(viewerId: string, ids: string[]): Sql {
    return sql`SELECT p.id FROM posts p WHERE p.id IN (${anyOf(ids)}) AND ${canSeeInLists(sql`${viewerId}`, p)}`;
  }

  async findAmong(viewerId: string, ids: string[]): Promise<string[]> {
    return ids.length ? this.ids(this.among(viewerId, ids)) : [];
  }

  /**
   * People whom the viewer follows and whose posts for followers may be among the newest `limit`: one look at the
   * index for each whom the viewer follows, however many posts there are.
   */
  findFollowed(question: TagQuestion, limit: number): Promise<string[]> {
    const { from, where, id } = this.ofPerson(question, sql`f.followee_id`, 'followers');
    return this.ids(sql`
      SELECT person.id FROM (
        SELECT f.followee_id AS id, (
          SELECT ${id} FROM ${from} WHERE ${where} ORDER BY ${id} DESC LIMIT 1) AS newest
        FROM follows f WHERE f.follower_id = ${question.viewerId} AND f.status = 'accepted') AS person
      WHERE person.newest IS NOT NULL ORDER BY person.newest DESC LIMIT ${limit}`);
  }

  /** The newest posts, of these people those for their followers, before the rule. */
  findCandidates(question: TagQuestion, personIds: string[], limit: number): Promise<string[]> {
    const sources = [
      this.ofEveryone(question),
      this.chosen(question),
      this.ofPerson(question, question.viewerId, 'chosen'),
      ...personIds.map((personId) => this.ofPerson(question, personId, 'followers')),
    ];
    const parts = sources.map(
      ({ from, where, id }) =>
        sql`SELECT ${id} AS id FROM ${from} WHERE ${where} AND ${id} >= ${END}`,
    );
    return this.ids(this.merged(question, FURTHER, parts, limit));
  }

  /** The oldest post up to which candidates are looked for; null if nothing lies beyond. */
  async findEnd(question: TagQuestion): Promise<string | null> {
    const [end] = await this.ids(this.end(question, FURTHER));
    return end ?? null;
  }

  // ——— sources, each sorted by an index

  private ofEveryone(question: TagQuestion): Source {
    const { from, where, id } = this.reaching(question, 'everyone');
    return {
      from,
      where: sql`${where} AND tagged.author_id NOT IN ${hiddenFrom(sql`${question.viewerId}`)}`,
      id,
    };
  }

  /** The own too. */
  private ofFollowed(question: TagQuestion): Source {
    const { from, where, id } = this.reaching(question, 'followers');
    const viewer = sql`${question.viewerId}`;
    return {
      from,
      where: sql`${where} AND (tagged.author_id = ${viewer} OR ${follows(viewer, sql`tagged.author_id`)})`,
      id,
    };
  }

  private chosen(question: TagQuestion): Source {
    const { from, where, id } = this.choices(question);
    return {
      // The order of a CROSS JOIN is kept: along the viewer's own list, which is sorted as the page is.
      from: sql`${from} CROSS JOIN post_hashtags tagged`,
      where: sql`${where} AND tagged.tag = ${question.tag} AND tagged.post_id = ${id} AND tagged.reach = 'chosen'`,
      id,
    };
  }

  private ofPerson(
    question: TagQuestion,
    personId: string | Sql,
    reach: PostHashtag['reach'],
  ): Source {
    const { from, where, id } = this.reaching(question, reach);
    return { from, where: sql`${where} AND tagged.author_id = ${personId}`, id };
  }

  private reaching({ tag, before }: TagQuestion, reach: PostHashtag['reach']): Source {
    return {
      from: sql`post_hashtags tagged`,
      where: sql`tagged.tag = ${tag} AND tagged.reach = ${reach} ${before ? sql`AND tagged.post_id < ${before}` : empty}`,
      id: sql`tagged.post_id`,
    };
  }

  /** Whatever their hashtags. */
  private choices({ viewerId, before }: TagQuestion): Source {
    return {
      from: sql`chosen_followers choice`,
      where: sql`choice.user_id = ${viewerId} ${before ? sql`AND choice.post_id < ${before}` : empty}`,
      id: sql`choice.post_id`,
    };
  }

  private merged(question: TagQuestion, walk: Walk, parts: Sql[], limit: number): Sql {
    return sql`
      WITH walked AS MATERIALIZED (${this.end(question, walk)})
      ${newestOf(this.database.dialect, parts, limit)}`;
  }

  /** Where the first source that is walked to its limit ends, and so all of them. */
  private end(question: TagQuestion, walk: Walk): Sql {
    const sources = {
      everyone: this.reaching(question, 'everyone'),
      followers: this.reaching(question, 'followers'),
      chosen: this.choices(question),
    };
    const ends = Object.entries(walk).map(([name, length]) => {
      const { from, where, id } = sources[name as keyof Walk];
      return sql`SELECT id FROM (
        SELECT ${id} AS id FROM ${from} WHERE ${where} ORDER BY ${id} DESC LIMIT 1 OFFSET ${length - 1}) AS last`;
    });
    return sql`${join(ends, ' UNION ALL ')} ORDER BY id DESC LIMIT 1`;
  }

  private async ids(query: Sql): Promise<string[]> {
    const rows = await this.database.many<{ id: string }>(query);
    return rows.map(({ id }) => id);
  }

  // ——— for those who write; they hold the author's lock, under which the profile turns public or private

  /** The hashtags of a text, in place of those that it had before. */
  async replace(transaction: Transaction, postId: string, tags: string[]): Promise<void> {
    await transaction.delete(PostHashtag, { postId });
    await this.insert(transaction, postId, tags);
  }

  async insert(transaction: Transaction, postId: string, tags: string[]): Promise<void> {
    if (!tags.length) return;
    await transaction.run(sql`
      INSERT INTO post_hashtags (tag, post_id, author_id, reach)
      SELECT named.column1, p.id, p.author_id, ${REACH}
      FROM (VALUES ${join(tags.map((tag) => sql`(${tag})`))}) AS named
      CROSS JOIN posts p JOIN users author ON author.id = p.author_id
      WHERE p.id = ${postId}`);
  }

  /** After the post has changed. */
  async settle(transaction: Transaction, postId: string): Promise<void> {
    await this.settleAll(transaction, sql`${postId}`);
  }

  /** After the author's profile has changed, for the posts between two. */
  async settlePortion(
    transaction: Transaction,
    authorId: string,
    after: string | null,
    upTo: string | null,
  ): Promise<void> {
    await this.settleAll(
      transaction,
      sql`SELECT own.id FROM posts own WHERE own.author_id = ${authorId}
        ${after ? sql`AND own.id > ${after}` : empty} ${upTo ? sql`AND own.id <= ${upTo}` : empty}`,
    );
  }

  /** The post at which a portion of an author's posts ends; null if the rest is smaller. */
  async findPortionEnd(
    authorId: string,
    after: string | null,
    size: number,
  ): Promise<string | null> {
    const [end] = await this.ids(sql`
      SELECT own.id FROM posts own WHERE own.author_id = ${authorId}
        ${after ? sql`AND own.id > ${after}` : empty}
      ORDER BY own.id LIMIT 1 OFFSET ${size - 1}`);
    return end ?? null;
  }

  private async settleAll(transaction: Transaction, ids: Sql): Promise<void> {
    await transaction.run(sql`
      UPDATE post_hashtags SET reach = (
        SELECT ${REACH} FROM posts p JOIN users author ON author.id = p.author_id
        WHERE p.id = post_hashtags.post_id)
      WHERE post_id IN (${ids})`);
  }
}
