import { Injectable } from '@nestjs/common';
import type { Audience, OwnAudience } from '@echomate/contracts/posts.dto';
import { countFollowers, countOthers } from '../../access/audience-counts.access.js';
import { canSeePostFrom, postColumns, type PostColumns } from '../../access/post.access.js';
import { isAccepted } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import {
  anyOf,
  join,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { isShareOfAnother } from './posts.policy.js';

/** What decides who sees a post that is there, or one that its author is still thinking about. */
export interface AudienceQuestion {
  /** Where the rule finds the post */
  from: Sql;
  columns: PostColumns;
  /** Who comes into question */
  reach: 'everyone' | 'followers' | { ids: string[] };
}

/** A share of an own post goes as far as the narrower of the two; a private profile narrows both. */
const reachOf = (
  visibility: string,
  audiences: (Audience | null)[],
  chosenIds: string[],
): AudienceQuestion['reach'] => {
  const held = audiences.filter((audience) => audience !== null);
  if (held.includes('chosen')) return { ids: chosenIds };
  if (held.includes('group')) return { ids: [] };
  return visibility === 'private' || held.includes('followers') ? 'followers' : 'everyone';
};

@Injectable()
export class PostAudienceRepository {
  constructor(private readonly database: Database) {}

  /** Of a post that is there; of a share of another's, as if it passed nothing on. */
  async audienceOf(post: {
    id: string;
    authorId: string;
    sharedAuthorId: string | null;
  }): Promise<AudienceQuestion | null> {
    const row = await this.database.one<{
      visibility: string;
      audience: Audience;
      ownSharedId: string | null;
      ownSharedAudience: Audience | null;
    }>(sql`
      SELECT u.visibility, p.audience, own.id AS "ownSharedId", own.audience AS "ownSharedAudience"
      FROM posts p JOIN users u ON u.id = p.author_id
      LEFT JOIN posts own ON own.id = p.shared_id AND own.author_id = p.author_id
      WHERE p.id = ${post.id}`);
    if (!row) return null;
    const chosenFor = row.audience === 'chosen' ? post.id : row.ownSharedId;
    const columns = postColumns(sql`p`);
    return {
      from: sql`posts p WHERE p.id = ${post.id}`,
      columns: isShareOfAnother(post) ? { ...columns, sharedId: sql`NULL` } : columns,
      reach: reachOf(
        row.visibility,
        [row.audience, row.ownSharedAudience],
        chosenFor ? await this.findChosen(chosenFor) : [],
      ),
    };
  }

  /** Of a post that is not written: those chosen would be followers who are on the list. */
  async audienceOfDraft(
    authorId: string,
    audience: OwnAudience,
    chosenIds: string[],
  ): Promise<AudienceQuestion> {
    const author = await this.database.one<{ visibility: string }>(
      sql`SELECT visibility FROM users WHERE id = ${authorId}`,
    );
    return {
      from: sql`users me WHERE me.id = ${authorId}`,
      columns: {
        id: sql`NULL`,
        authorId: sql`me.id`,
        audience: audience === 'chosen' ? sql`'followers'` : sql`${audience}`,
        groupId: sql`NULL`,
        sharedId: sql`NULL`,
        deletedAt: sql`NULL`,
      },
      reach: reachOf(author!.visibility, [audience], chosenIds),
    };
  }

  async count(authorId: string, reach: 'everyone' | 'followers'): Promise<number> {
    const count = reach === 'everyone' ? countOthers : countFollowers;
    return (await this.database.one<{ count: number }>(count(sql`${authorId}`)))!.count;
  }

  /** The newest of everyone, or the newest followers. */
  findViewers(
    authorId: string,
    { from, columns, reach }: AudienceQuestion,
    before: string | null,
    limit: number,
  ): Promise<{ id: string; userId: string }[]> {
    const [rows, id, person] =
      reach === 'everyone'
        ? [sql`users v WHERE v.id <> ${authorId}`, sql`v.id`, sql`v.id`]
        : [
            sql`follows listed WHERE listed.followee_id = ${authorId} AND ${isAccepted(sql`listed`)}`,
            sql`listed.id`,
            sql`listed.follower_id`,
          ];
    const rule = canSeePostFrom(from, person, columns);
    return findInPortions(
      this.database,
      { rows, id, columns: { userId: person }, rule },
      before,
      limit,
    );
  }

  /** Of a few people, those who see the post. Who comes in what order is left to the program. */
  async findViewersAmong(
    authorId: string,
    { from, columns }: AudienceQuestion,
    ids: string[],
  ): Promise<string[]> {
    if (!ids.length) return [];
    const rows = await this.database.many<{ id: string }>(sql`
      SELECT v.id FROM users v
      WHERE v.id IN (${anyOf(ids)}) AND v.id <> ${authorId}
        AND ${canSeePostFrom(from, sql`v.id`, columns)}`);
    return rows.map(({ id }) => id);
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
    // Begins with those chosen, not with all who follow.
    return transaction.run(sql`
      INSERT INTO chosen_followers (post_id, user_id, follow_id)
      SELECT p.id, f.follower_id, f.id FROM posts p CROSS JOIN users u CROSS JOIN follows f
      WHERE p.id = ${postId} AND u.id IN (${join(userIds)})
        AND f.follower_id = u.id AND f.followee_id = ${authorId} AND ${isAccepted(sql`f`)}`);
  }
}
