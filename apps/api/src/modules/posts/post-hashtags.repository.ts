import { Injectable } from '@nestjs/common';
import { canSeeInLists, postColumns } from '../../access/post.access.js';
import { VisiblePosts, type NamedPosts } from '../../access/visible-posts.access.js';
import { canSeeCard, follows, isAccepted } from '../../access/profile.access.js';
import type { Dialect } from '../../platform/database/columns.js';
import { Database } from '../../platform/database/database.service.js';
import { newestOf } from '../../platform/database/dialect.js';
import { FIRST_ID, LAST_ID } from '../../platform/database/ids.js';
import {
  anyNamed,
  empty,
  join,
  named,
  namedAt,
  shaped,
  sizeOf,
  sql,
  Statement,
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

const viewer = named('viewer');
const tag = named('tag');
const before = named('before');
const limit = named('limit');

const valuesOf = ({ viewerId, tag, before }: TagQuestion) => ({
  viewer: viewerId,
  tag,
  before: before ?? LAST_ID,
});

/** How many rows of a source a statement walks past. */
type Walk = Partial<Record<'everyone' | 'followers' | 'chosen', number>>;

const GLANCE: Walk = { everyone: 250, followers: 250, chosen: 250 };
/** Whom the viewer does not see is left out by the index alone; each choice costs a look. */
const FURTHER: Walk = { everyone: 4_000, chosen: 1_000 };
const p = postColumns(sql`p`);

/** Of a post `p` and its author. Of a share, its own reach, so that nothing follows from a change of the original. */
const REACH = sql`CASE
  WHEN p.deleted_at IS NOT NULL OR p.audience = 'unlisted' THEN 'nobody'
  WHEN p.audience = 'public' AND author.visibility = 'public' THEN 'everyone'
  WHEN p.audience IN ('public', 'followers') THEN 'followers'
  ELSE 'chosen' END`;

// ——— sources, each sorted by an index

const reaching = (reach: PostHashtag['reach']): Source => ({
  from: sql`post_hashtags tagged`,
  where: sql`tagged.tag = ${tag} AND tagged.reach = ${reach} AND tagged.post_id < ${before}`,
  id: sql`tagged.post_id`,
});

const alsoWhere = (source: Source, condition: Sql): Source => ({
  ...source,
  where: sql`${source.where} AND ${condition}`,
});

const OF_EVERYONE = alsoWhere(reaching('everyone'), canSeeCard(viewer, sql`tagged.author_id`));

/** The own too. */
const OF_FOLLOWED = alsoWhere(
  reaching('followers'),
  sql`(tagged.author_id = ${viewer} OR ${follows(viewer, sql`tagged.author_id`)})`,
);

const ofPerson = (person: Sql, reach: PostHashtag['reach']) =>
  alsoWhere(reaching(reach), sql`tagged.author_id = ${person}`);

const OWN_TO_CHOSEN = ofPerson(viewer, 'chosen');

/** Whatever their hashtags. */
const CHOICES: Source = {
  from: sql`chosen_followers choice`,
  where: sql`choice.user_id = ${viewer} AND choice.post_id < ${before}`,
  id: sql`choice.post_id`,
};

const CHOSEN: Source = {
  // The order of a CROSS JOIN is kept: along the viewer's own list, which is sorted as the page is.
  from: sql`${CHOICES.from} CROSS JOIN post_hashtags tagged`,
  where: sql`${CHOICES.where} AND tagged.tag = ${tag} AND tagged.post_id = ${CHOICES.id} AND tagged.reach = 'chosen'`,
  id: CHOICES.id,
};

/** Where the first source that is walked to its limit ends, and so all of them. */
const endOf = (walk: Walk): Sql => {
  const walked = {
    everyone: reaching('everyone'),
    followers: reaching('followers'),
    chosen: CHOICES,
  };
  const ends = Object.entries(walk).map(([name, length]) => {
    const { from, where, id } = walked[name as keyof Walk];
    return sql`SELECT id FROM (
      SELECT ${id} AS id FROM ${from} WHERE ${where} ORDER BY ${id} DESC LIMIT 1 OFFSET ${length - 1}) AS last`;
  });
  return sql`${join(ends, ' UNION ALL ')} ORDER BY id DESC LIMIT 1`;
};

const walked = (walk: Walk): Sql => sql`walked AS MATERIALIZED (${endOf(walk)})`;

const isBeforeEnd = (id: Sql): Sql => sql`${id} >= COALESCE((SELECT id FROM walked), ${FIRST_ID})`;

/** The newest of all sources, down to where the first of them ends. */
const glance = (dialect: Dialect): VisiblePosts => {
  const sources = [OF_EVERYONE, OF_FOLLOWED, CHOSEN, OWN_TO_CHOSEN].map(({ from, where, id }) =>
    VisiblePosts.among(
      sql`${from} JOIN posts p ON p.id = ${id} WHERE ${where} AND ${isBeforeEnd(id)}`,
      canSeeInLists(viewer, p),
      id,
    ),
  );
  return VisiblePosts.with(walked(GLANCE), VisiblePosts.newestOf(dialect, sources, limit));
};

/** The same further down and of more people, before the rule. */
const candidates = (dialect: Dialect) =>
  shaped((followed: number) => {
    const people = Array.from({ length: followed }, (_, at) => namedAt('followed', at));
    const sources = [
      OF_EVERYONE,
      CHOSEN,
      OWN_TO_CHOSEN,
      ...[viewer, ...people].map((person) => ofPerson(person, 'followers')),
    ].map(
      ({ from, where, id }) =>
        sql`SELECT ${id} AS id FROM ${from} WHERE ${where} AND ${isBeforeEnd(id)}`,
    );
    return sql`WITH ${walked(FURTHER)} ${newestOf(dialect, sources, limit)}`;
  });

const AMONG = shaped((size: number) =>
  VisiblePosts.among(
    sql`posts p WHERE p.id IN (${anyNamed('ids', size)})`,
    canSeeInLists(viewer, p),
  ),
);

const ofFollowee = ofPerson(sql`f.followee_id`, 'followers');

const FOLLOWED = sql`
  SELECT person.id FROM (
    SELECT f.followee_id AS id, (
      SELECT ${ofFollowee.id} FROM ${ofFollowee.from} WHERE ${ofFollowee.where}
      ORDER BY ${ofFollowee.id} DESC LIMIT 1) AS newest
    FROM follows f WHERE f.follower_id = ${viewer} AND ${isAccepted(sql`f`)}) AS person
  WHERE person.newest IS NOT NULL ORDER BY person.newest DESC LIMIT ${limit}`;

const GLANCE_END = endOf(GLANCE);
const FURTHER_END = endOf(FURTHER);

/**
 * The posts of a hashtag. Each row says how far its post reaches, so that a page is looked for where its viewer
 * may find something, and costs the same whatever there is that others hide. It only says where to look: the rule
 * is asked about every post.
 */
@Injectable()
export class PostHashtagsRepository {
  private readonly glanced: VisiblePosts;
  private readonly candidates: (followed: number) => Sql;

  constructor(private readonly database: Database) {
    this.glanced = glance(database.dialect);
    this.candidates = candidates(database.dialect);
  }

  /** The newest posts as far as a glance goes. Where it names fewer than asked for, there may be more. */
  glance(question: TagQuestion, limit: number): NamedPosts {
    return { posts: this.glanced, values: { ...valuesOf(question), limit } };
  }

  /** Those of these posts that the viewer may see. */
  among(viewerId: string, ids: string[]): NamedPosts {
    return { posts: AMONG(sizeOf(ids)), values: { viewer: viewerId, ids } };
  }

  async findAmong(viewerId: string, ids: string[]): Promise<string[]> {
    if (!ids.length) return [];
    const { posts, values } = this.among(viewerId, ids);
    return this.ids(new Statement(posts.sql, values));
  }

  /**
   * People whom the viewer follows and whose posts for followers may be among the newest `limit`: one look at the
   * index for each whom the viewer follows, however many posts there are.
   */
  findFollowed(question: TagQuestion, limit: number): Promise<string[]> {
    return this.ids(new Statement(FOLLOWED, { ...valuesOf(question), limit }));
  }

  /** The newest posts, the own and those that these people wrote for their followers among them, before the rule. */
  findCandidates(question: TagQuestion, followed: string[], limit: number): Promise<string[]> {
    const values = { ...valuesOf(question), followed, limit };
    return this.ids(new Statement(this.candidates(followed.length), values));
  }

  /** The oldest post up to which a glance goes. */
  async findGlanceEnd(question: TagQuestion): Promise<string> {
    const [end] = await this.ids(new Statement(GLANCE_END, valuesOf(question)));
    return end ?? FIRST_ID;
  }

  /** The oldest post up to which candidates are looked for; null if nothing lies beyond. */
  async findEnd(question: TagQuestion): Promise<string | null> {
    const [end] = await this.ids(new Statement(FURTHER_END, valuesOf(question)));
    return end ?? null;
  }

  private async ids(query: Sql | Statement): Promise<string[]> {
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

  private async settleAll(transaction: Transaction, ids: Sql): Promise<void> {
    await transaction.run(sql`
      UPDATE post_hashtags SET reach = (
        SELECT ${REACH} FROM posts p JOIN users author ON author.id = p.author_id
        WHERE p.id = post_hashtags.post_id)
      WHERE post_id IN (${ids})`);
  }
}
