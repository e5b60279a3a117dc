import { Injectable } from '@nestjs/common';
import { canSeeInLists, postColumns } from '../../access/post.access.js';
import { isMember } from '../../access/group.access.js';
import { VisiblePosts, type NamedPosts } from '../../access/visible-posts.access.js';
import { canSeeCard, follows, isAccepted } from '../../access/profile.access.js';
import { reachOf, scopeOf } from '../../access/reach.access.js';
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

/** Viewer, hashtag and start of a page. */
export interface TagQuestion {
  viewerId: string;
  tag: string;
  before: string | null;
}

/** Ids, and where the search for them ended; null if there is nothing beyond. */
export interface FoundWithEnd {
  ids: string[];
  end: string | null;
}

/** Rows that an index returns newest first. */
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

const p = postColumns(sql`p`);

const REACH = reachOf(p, sql`author.visibility`);

// ——— sources, each sorted by an index

const reaching = (reach: PostHashtag['reach'], start = before): Source => ({
  from: sql`post_hashtags tagged`,
  where: sql`tagged.tag = ${tag} AND tagged.reach = ${reach} AND tagged.post_id < ${start}`,
  id: sql`tagged.post_id`,
});

const alsoWhere = (source: Source, condition: Sql): Source => ({
  ...source,
  where: sql`${source.where} AND ${condition}`,
});

const OF_EVERYONE = alsoWhere(reaching('everyone'), canSeeCard(viewer, sql`tagged.author_id`));

/** Includes the viewer's own, and posts in groups that the viewer is in. */
const OF_FOLLOWED = alsoWhere(
  reaching('followers'),
  sql`(tagged.author_id = ${viewer} OR ${follows(viewer, sql`tagged.author_id`)}
    OR ${isMember(viewer, sql`tagged.author_id`)})`,
);

const ofPerson = (person: Sql, reach: PostHashtag['reach'], start = before) =>
  alsoWhere(reaching(reach, start), sql`tagged.author_id = ${person}`);

const OF_CHOSEN = alsoWhere(
  reaching('chosen'),
  sql`(tagged.author_id = ${viewer} OR EXISTS (
    SELECT 1 FROM chosen_followers choice WHERE choice.post_id = tagged.post_id AND choice.user_id = ${viewer}))`,
);

const OWN_TO_CHOSEN = ofPerson(viewer, 'chosen');

/** With any hashtag. */
const CHOICES: Source = {
  from: sql`chosen_followers choice`,
  where: sql`choice.user_id = ${viewer} AND choice.post_id < ${before}`,
  id: sql`choice.post_id`,
};

const CHOSEN: Source = {
  // CROSS JOIN fixes the order: along the viewer's own choices, which are sorted as the page is.
  from: sql`${CHOICES.from} CROSS JOIN post_hashtags tagged`,
  where: sql`${CHOICES.where} AND tagged.tag = ${tag} AND tagged.post_id = ${CHOICES.id} AND tagged.reach = 'chosen'`,
  id: CHOICES.id,
};

/** How many rows of a source one statement walks past. */
type Walk = [source: Source, length: number][];

const GLANCE: Walk = [
  [reaching('everyone'), 250],
  [reaching('followers'), 250],
  [reaching('chosen'), 250],
];
/** The index alone excludes posts that are not for the viewer; each choice costs a lookup. */
const FURTHER: Walk = [
  [reaching('everyone'), 4_000],
  [CHOICES, 1_000],
];

/** Where the first source reaches its limit, which ends all of them. */
const endOf = (walk: Walk): Sql => {
  const ends = walk.map(
    ([{ from, where, id }, length]) => sql`SELECT id FROM (
      SELECT ${id} AS id FROM ${from} WHERE ${where} ORDER BY ${id} DESC LIMIT 1 OFFSET ${length - 1}) AS last`,
  );
  return sql`${join(ends, ' UNION ALL ')} ORDER BY id DESC LIMIT 1`;
};

const walked = (walk: Walk): Sql => sql`walked AS MATERIALIZED (${endOf(walk)})`;

const END = sql`COALESCE((SELECT id FROM walked), ${FIRST_ID})`;

const isBeforeEnd = (id: Sql): Sql => sql`${id} >= ${END}`;

/** The rows with, marked, the end of the walk; without that row there is nothing beyond. */
const withEnd = (walk: Walk, rows: Sql): Sql => sql`
  WITH ${walked(walk)}
  SELECT id, 0 AS "isEnd" FROM (${rows}) AS found UNION ALL SELECT id, 1 FROM walked`;

const visible = ({ from, where, id }: Source, end: Sql): VisiblePosts =>
  VisiblePosts.among(
    sql`${from} JOIN posts p ON p.id = ${id} WHERE ${where} AND ${id} >= ${end}`,
    canSeeInLists(viewer, p),
    id,
  );

/**
 * The newest of all sources, down to where the first of them reaches its limit. Posts of everyone mostly fill the page:
 * the other sources, where few rows are for the viewer, are walked only as far down as those reach.
 */
const glance = (dialect: Dialect): VisiblePosts => {
  const everyone = VisiblePosts.table(sql`of_everyone`, visible(OF_EVERYONE, END), limit);
  const end = sql`COALESCE((SELECT id FROM of_everyone ORDER BY id DESC LIMIT 1 OFFSET ${limit} - 1), ${END})`;
  const others = [OF_FOLLOWED, OF_CHOSEN].map((source) => visible(source, end));
  return VisiblePosts.with(
    sql`${walked(GLANCE)}, ${everyone.table}`,
    VisiblePosts.newestOf(dialect, [everyone.posts, ...others], limit),
  );
};

/** Further down and of more people, before the rule. */
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
    return withEnd(FURTHER, newestOf(dialect, sources, limit));
  });

const AMONG = shaped((size: number) =>
  VisiblePosts.among(
    sql`posts p WHERE p.id IN (${anyNamed('ids', size)})`,
    canSeeInLists(viewer, p),
  ),
);

/** People whom the viewer follows and groups that the viewer is in, whose newest post before `start` is newest first. */
const followed = (start: Sql): Sql => {
  const newestOfThem = (person: Sql): Sql => {
    const { id, from, where } = ofPerson(person, 'followers', start);
    return sql`(SELECT ${id} FROM ${from} WHERE ${where} ORDER BY ${id} DESC LIMIT 1)`;
  };
  return sql`
  SELECT person.id FROM (
    SELECT f.followee_id AS id, ${newestOfThem(sql`f.followee_id`)} AS newest
    FROM follows f WHERE f.follower_id = ${viewer} AND ${isAccepted(sql`f`)}
    UNION ALL
    SELECT m.group_id AS id, ${newestOfThem(sql`m.group_id`)} AS newest
    FROM memberships m WHERE m.user_id = ${viewer} AND m.ended_at IS NULL) AS person
  WHERE person.newest IS NOT NULL ORDER BY person.newest DESC LIMIT ${limit}`;
};

const FOLLOWED = followed(before);
const FOLLOWED_BEYOND_GLANCE = withEnd(GLANCE, followed(END));

/**
 * The posts of a hashtag. Each row stores the reach of its post, so that a page is searched only where its viewer may
 * find something, and the cost does not depend on hidden posts. Reach is only a hint: the rule is tested for every
 * post.
 */
@Injectable()
export class PostHashtagsRepository {
  private readonly glanced: VisiblePosts;
  private readonly candidates: (followed: number) => Sql;

  constructor(private readonly database: Database) {
    this.glanced = glance(database.dialect);
    this.candidates = candidates(database.dialect);
  }

  /** The newest posts within the first look. If it returns fewer than asked for, there may be more. */
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
   * People whom the viewer follows, and groups that the viewer is in, whose posts for followers or members may be among
   * the newest `limit`: one index lookup for each of them, however many posts there are.
   */
  findFollowed(question: TagQuestion, limit: number): Promise<string[]> {
    return this.ids(new Statement(FOLLOWED, { ...valuesOf(question), limit }));
  }

  /** The same beyond the first look, and the oldest post that it covers. */
  findFollowedBeyondGlance(question: TagQuestion, limit: number): Promise<FoundWithEnd> {
    const query = new Statement(FOLLOWED_BEYOND_GLANCE, { ...valuesOf(question), limit });
    return this.idsWithEnd(query);
  }

  /**
   * The newest posts, including the viewer's own and those of these people for followers, before the rule, and the
   * oldest post that this covers.
   */
  findCandidates(question: TagQuestion, followed: string[], limit: number): Promise<FoundWithEnd> {
    const values = { ...valuesOf(question), followed, limit };
    return this.idsWithEnd(new Statement(this.candidates(followed.length), values));
  }

  private async ids(query: Sql | Statement): Promise<string[]> {
    return this.database.ids(query);
  }

  private async idsWithEnd(query: Statement): Promise<FoundWithEnd> {
    const rows = await this.database.many<{ id: string; isEnd: number }>(query);
    const end = rows.at(-1)?.isEnd ? rows.pop()!.id : null;
    return { ids: rows.map(({ id }) => id), end };
  }

  // ——— for writers; they hold the author's lock, under which the profile turns public or private

  /** Replaces the hashtags of a post. */
  async replace(transaction: Transaction, postId: string, tags: string[]): Promise<void> {
    await transaction.delete(PostHashtag, { postId });
    await this.insert(transaction, postId, tags);
  }

  async insert(transaction: Transaction, postId: string, tags: string[]): Promise<void> {
    if (!tags.length) return;
    await transaction.run(sql`
      INSERT INTO post_hashtags (tag, post_id, author_id, reach)
      SELECT named.column1, p.id, ${scopeOf(p)}, ${REACH}
      FROM (VALUES ${join(tags.map((tag) => sql`(${tag})`))}) AS named
      CROSS JOIN posts p JOIN users author ON author.id = p.author_id
      WHERE p.id = ${postId}`);
  }

  /** After the post has changed. */
  async settle(transaction: Transaction, postId: string): Promise<void> {
    await this.settleAll(transaction, sql`${postId}`);
  }

  /** After the author's profile or account has changed, for the posts of a portion. */
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
