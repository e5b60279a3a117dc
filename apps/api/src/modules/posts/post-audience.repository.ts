import { Injectable } from '@nestjs/common';
import type { Audience, AudienceRequest } from '@echomate/contracts/posts.dto';
import {
  countFollowers,
  countFollowersAmongMembers,
  countMembers,
  countOthers,
} from '../../access/audience-counts.access.js';
import { canSeePostFrom, postColumns, type PostColumns } from '../../access/post.access.js';
import { follows, isAccepted, isActive } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import {
  anyOf,
  empty,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { isShareOfAnother } from './posts.policy.js';

/** Too many people to test each of them */
type ManyPeople = 'everyone' | 'followers' | { groupId: string; followersOnly: boolean };

/** The input for "who can see it", for a post that exists or for a draft. */
export interface AudienceQuestion {
  /** The rows that `columns` refer to */
  from: Sql;
  columns: PostColumns;
  /** Who may be in the audience at all */
  reach: ManyPeople | { ids: string[] };
}

type DraftAudience = Pick<AudienceRequest, 'audience' | 'chosenUserIds'> & {
  groupId?: string | null | undefined;
};

/** The people of a reach besides the author, newest first: rows, the id that orders them, and the person. */
const listOf = (reach: ManyPeople, authorId: string): [rows: Sql, id: Sql, person: Sql] => {
  if (reach === 'everyone') return [sql`users v WHERE v.id <> ${authorId}`, sql`v.id`, sql`v.id`];
  if (reach === 'followers')
    return [
      sql`follows listed WHERE listed.followee_id = ${authorId} AND ${isAccepted(sql`listed`)}`,
      sql`listed.id`,
      sql`listed.follower_id`,
    ];
  return [
    sql`memberships m
      WHERE m.group_id = ${reach.groupId} AND m.ended_at IS NULL AND m.user_id <> ${authorId}
        ${reach.followersOnly ? sql`AND ${follows(sql`m.user_id`, sql`${authorId}`)}` : empty}`,
    sql`m.id`,
    sql`m.user_id`,
  ];
};

const countOf = (reach: ManyPeople, author: Sql): Sql => {
  if (reach === 'everyone') return countOthers(author);
  if (reach === 'followers') return countFollowers(author);
  const count = reach.followersOnly ? countFollowersAmongMembers : countMembers;
  return count(author, sql`${reach.groupId}`);
};

/** A share of an own post reaches the narrower audience of the two; a private profile narrows all but a group's. */
const reachOf = (
  visibility: string,
  [audience, ownSharedAudience = null]: [Audience, (Audience | null)?],
  chosenIds: string[],
  groupId: string | null,
): AudienceQuestion['reach'] => {
  const held = [audience, ownSharedAudience];
  if (held.includes('me')) return { ids: [] };
  if (held.includes('chosen')) return { ids: chosenIds };
  const followersOnly = visibility === 'private' || held.includes('followers');
  if (groupId !== null)
    return { groupId, followersOnly: ownSharedAudience !== null && followersOnly };
  return followersOnly ? 'followers' : 'everyone';
};

@Injectable()
export class PostAudienceRepository {
  constructor(private readonly database: Database) {}

  /** For an existing post; for a share of somebody else's post, without regard to the original. */
  async audienceOf(post: {
    id: string;
    authorId: string;
    sharedAuthorId: string | null;
  }): Promise<AudienceQuestion | null> {
    const row = await this.database.one<{
      visibility: string;
      audience: Audience;
      groupId: string | null;
      ownSharedId: string | null;
      ownSharedAudience: Audience | null;
    }>(sql`
      SELECT u.visibility, p.audience, p.group_id AS "groupId", own.id AS "ownSharedId", own.audience AS "ownSharedAudience"
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
        row.groupId,
      ),
    };
  }

  /** For a draft: the chosen are those on the list who follow the author. */
  async audienceOfDraft(
    authorId: string,
    { audience, chosenUserIds = [], groupId = null }: DraftAudience,
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
        groupId: sql`${groupId}`,
        sharedId: sql`NULL`,
        deletedAt: sql`NULL`,
      },
      reach: reachOf(author!.visibility, [audience], chosenUserIds, groupId),
    };
  }

  async count(authorId: string, reach: ManyPeople): Promise<number> {
    return (await this.database.one<{ count: number }>(countOf(reach, sql`${authorId}`)))!.count;
  }

  /** The newest people of a reach. */
  findViewers(
    authorId: string,
    { from, columns, reach }: AudienceQuestion & { reach: ManyPeople },
    before: string | null,
    limit: number,
  ): Promise<{ id: string; userId: string }[]> {
    const [rows, id, person] = listOf(reach, authorId);
    const rule = canSeePostFrom(from, person, columns);
    return findInPortions(
      this.database,
      { rows, id, columns: { userId: person }, rule },
      before,
      limit,
    );
  }

  /** Those of a few people who see the post. The program sorts them. */
  async findViewersAmong(
    authorId: string,
    { from, columns }: AudienceQuestion,
    ids: string[],
  ): Promise<string[]> {
    if (!ids.length) return [];
    return this.database.ids(sql`
      SELECT v.id FROM users v
      WHERE v.id IN (${anyOf(ids)}) AND v.id <> ${authorId}
        AND ${canSeePostFrom(from, sql`v.id`, columns)}`);
  }

  async findChosen(postId: string): Promise<string[]> {
    const rows = await this.database.many<{ userId: string }>(
      sql`SELECT user_id AS "userId" FROM chosen_followers WHERE post_id = ${postId} ORDER BY user_id`,
    );
    return rows.map(({ userId }) => userId);
  }

  /** Follows for which a person may have been chosen, a portion of them. */
  async findFollowIdsOf(followerId: string, after: string, limit: number): Promise<string[]> {
    return this.database.ids(sql`
      SELECT f.id FROM follows f
      WHERE f.follower_id = ${followerId} AND ${isAccepted(sql`f`)} AND f.id > ${after}
      ORDER BY f.id LIMIT ${limit}`);
  }

  /** Tells how many of a table it deleted, at most `limit`; 0 if nothing is left in either. */
  async deleteSomeChoices(
    transaction: Transaction,
    followIds: string[],
    limit: number,
  ): Promise<number> {
    const chosen = await transaction.run(sql`
      DELETE FROM chosen_followers WHERE (post_id, user_id) IN (
        SELECT c.post_id, c.user_id FROM chosen_followers c
        WHERE c.follow_id IN (${anyOf(followIds)}) LIMIT ${limit})`);
    if (chosen === limit) return chosen;
    return transaction.run(sql`
      DELETE FROM version_chosen_followers WHERE (version_id, user_id) IN (
        SELECT c.version_id, c.user_id FROM version_chosen_followers c
        WHERE c.follow_id IN (${anyOf(followIds)}) LIMIT ${limit})`);
  }

  /** Returns how many of them follow the author. The caller holds the author's lock. */
  async replaceChosen(
    transaction: Transaction,
    authorId: string,
    postId: string,
    userIds: string[],
  ): Promise<number> {
    await transaction.run(sql`DELETE FROM chosen_followers WHERE post_id = ${postId}`);
    if (!userIds.length) return 0;
    // Starts from the chosen ids, not from all followers.
    return transaction.run(sql`
      INSERT INTO chosen_followers (post_id, user_id, follow_id)
      SELECT p.id, f.follower_id, f.id FROM posts p CROSS JOIN users u CROSS JOIN follows f
      WHERE p.id = ${postId} AND u.id IN (${anyOf(userIds)})
        AND f.follower_id = u.id AND f.followee_id = ${authorId} AND ${isAccepted(sql`f`)}
        AND ${isActive(sql`u.id`)}`);
  }
}
