import { Injectable } from '@nestjs/common';
import type { Audience, OwnAudience } from '@echomate/contracts/posts.dto';
import { canSeePost, postColumns, type PostColumns } from '../../access/post.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  empty,
  join,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { isShareOfAnother } from './posts.policy.js';

/** What decides who sees a post that is there, or one that its author is still thinking about. */
export interface Sight {
  from: Sql;
  columns: PostColumns;
  /** Narrows the people who come into question */
  people: Sql;
}

const followersOf = (authorId: string): Sql => sql`
  v.id IN (SELECT f.follower_id FROM follows f WHERE f.followee_id = ${authorId} AND f.status = 'accepted')`;

@Injectable()
export class PostAudienceRepository {
  constructor(private readonly database: Database) {}

  /** Of a post that is there. */
  sightOf(
    authorId: string,
    post: { id: string; authorId: string; audience: Audience; sharedAuthorId: string | null },
  ): Sight {
    const columns = postColumns(sql`p`);
    return {
      from: sql`users v JOIN posts p ON p.id = ${post.id}`,
      columns: isShareOfAnother(post) ? { ...columns, sharedId: sql`NULL` } : columns,
      people: ['followers', 'chosen'].includes(post.audience) ? followersOf(authorId) : sql`1 = 1`,
    };
  }

  /** Of a post that is not written: those chosen would be followers who are on the list. */
  sightOfDraft(authorId: string, audience: OwnAudience, chosenIds: string[]): Sight {
    const isChosen = audience === 'chosen';
    return {
      from: sql`users v JOIN users me ON me.id = ${authorId}`,
      columns: {
        id: sql`NULL`,
        authorId: sql`me.id`,
        audience: isChosen ? sql`'followers'` : sql`${audience}`,
        sharedId: sql`NULL`,
        deletedAt: sql`NULL`,
      },
      people: isChosen
        ? sql`v.id IN (${join(chosenIds.length ? chosenIds : [authorId])})`
        : audience === 'followers'
          ? followersOf(authorId)
          : sql`1 = 1`,
    };
  }

  async count(authorId: string, sight: Sight): Promise<number> {
    const row = await this.database.one<{ count: number }>(
      sql`SELECT count(*) AS count FROM ${this.viewers(authorId, sight)}`,
    );
    return row!.count;
  }

  findViewers(
    authorId: string,
    sight: Sight,
    before: string | null,
    limit: number,
  ): Promise<{ id: string }[]> {
    return this.database.many(sql`
      SELECT v.id FROM ${this.viewers(authorId, sight)} ${before ? sql`AND v.id < ${before}` : empty}
      ORDER BY v.id DESC LIMIT ${limit}`);
  }

  private viewers(authorId: string, { from, columns, people }: Sight): Sql {
    return sql`${from} WHERE v.id <> ${authorId} AND ${people} AND ${canSeePost(sql`v.id`, columns)}`;
  }

  async findChosen(postId: string): Promise<string[]> {
    const rows = await this.database.many<{ userId: string }>(
      sql`SELECT user_id AS "userId" FROM chosen_followers WHERE post_id = ${postId} ORDER BY user_id`,
    );
    return rows.map(({ userId }) => userId);
  }

  /** Tells how many of them it found among the author's followers. The caller holds the author's lock. */
  async replaceChosen(
    transaction: Transaction,
    authorId: string,
    postId: string,
    userIds: string[],
  ): Promise<number> {
    await transaction.run(sql`DELETE FROM chosen_followers WHERE post_id = ${postId}`);
    if (!userIds.length) return 0;
    return transaction.run(sql`
      INSERT INTO chosen_followers (post_id, user_id, follow_id)
      SELECT p.id, f.follower_id, f.id FROM follows f JOIN posts p ON p.id = ${postId}
      WHERE f.followee_id = ${authorId} AND f.status = 'accepted' AND f.follower_id IN (${join(userIds)})`);
  }
}
