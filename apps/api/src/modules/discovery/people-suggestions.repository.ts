import { Injectable } from '@nestjs/common';
import { canSeeGroup, canSeeMember, membershipColumns } from '../../access/group.access.js';
import { canSeeInLists, postColumns } from '../../access/post.access.js';
import { canSeeCard, follows, isAccepted, isActive, isMuted } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID } from '../../platform/database/ids.js';
import {
  anyNamed,
  join,
  named,
  namedAt,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Sql,
} from '../../platform/database/statements.js';
import { isSuggested } from './discovery-settings.repository.js';
import { isDismissed } from './dismissals.repository.js';

/** Somebody may follow thousands, be followed by thousands, or be in hundreds of groups: the newest are enough. */
const FOLLOWED_LOOKED_AT = 100;
const FOLLOWS_LOOKED_AT = 20;
const FOLLOWERS_LOOKED_AT = 50;
const GROUPS_LOOKED_AT = 10;
const MEMBERS_LOOKED_AT = 30;
const TAGGED_LOOKED_AT = 50;
const POSTS_LOOKED_AT = 200;

export interface FollowedByRow {
  userId: string;
  byId: string;
  /** `byId` is a friend of both */
  isCommonFriend: boolean | number;
}

export interface InGroupRow {
  userId: string;
  groupId: string;
  title: string;
}

const viewer = named('viewer');
const p = postColumns(sql`p`);

const floor = (rows: Sql, lookedAt: number): Sql =>
  sql`(SELECT theirs.id FROM ${rows} ORDER BY theirs.id DESC LIMIT 1 OFFSET ${lookedAt - 1})`;

/** Whom the people followed by the viewer follow, and by whom: lists that the viewer may read. Newest first. */
const FOLLOWED_BY = sql`
  SELECT theirs.followee_id AS "userId", mine.followee_id AS "byId",
    (mine.is_friend AND ${follows(sql`theirs.followee_id`, sql`mine.followee_id`)}) AS "isCommonFriend"
  FROM (
    SELECT own.followee_id, ${follows(sql`own.followee_id`, viewer)} AS is_friend,
      ${floor(sql`follows theirs WHERE theirs.follower_id = own.followee_id AND ${isAccepted(sql`theirs`)}`, FOLLOWS_LOOKED_AT)} AS floor
    FROM follows own WHERE own.follower_id = ${viewer} AND ${isAccepted(sql`own`)}
      AND ${isActive(sql`own.followee_id`)} AND NOT ${isMuted(viewer, sql`own.followee_id`)}
    ORDER BY own.id DESC LIMIT ${FOLLOWED_LOOKED_AT}) AS mine
  CROSS JOIN follows theirs
  WHERE theirs.follower_id = mine.followee_id AND ${isAccepted(sql`theirs`)} AND theirs.id >= COALESCE(mine.floor, ${FIRST_ID})
  ORDER BY theirs.id DESC`;

const FOLLOWERS = sql`
  SELECT f.follower_id AS "userId" FROM follows f
  WHERE f.followee_id = ${viewer} AND ${isAccepted(sql`f`)} ORDER BY f.id DESC LIMIT ${FOLLOWERS_LOOKED_AT}`;

/** The newest members of the groups that the viewer joined last. */
const IN_GROUPS = sql`
  SELECT m.user_id AS "userId", mine.group_id AS "groupId", mine.title
  FROM (
    SELECT own.group_id, g.title,
      ${floor(sql`memberships theirs WHERE theirs.group_id = own.group_id AND theirs.ended_at IS NULL`, MEMBERS_LOOKED_AT)} AS floor
    FROM memberships own JOIN groups g ON g.id = own.group_id
    WHERE own.user_id = ${viewer} AND own.ended_at IS NULL AND ${canSeeGroup(sql`g`)}
    ORDER BY own.id DESC LIMIT ${GROUPS_LOOKED_AT}) AS mine
  CROSS JOIN memberships m
  WHERE m.group_id = mine.group_id AND m.ended_at IS NULL AND m.id >= COALESCE(mine.floor, ${FIRST_ID})
    AND ${canSeeMember(viewer, membershipColumns(sql`m`))}
  ORDER BY m.id DESC`;

/** Authors of the newest posts for everyone with each of these hashtags. */
const WITH_TAGS = shaped((size: number) => {
  const newest = Array.from({ length: size }, (_, at) => {
    const tag = namedAt('tags', at);
    return sql`SELECT * FROM (
      SELECT tagged.tag, tagged.post_id FROM post_hashtags tagged
      WHERE tagged.tag = ${tag} AND tagged.reach = 'everyone'
      ORDER BY tagged.post_id DESC LIMIT ${TAGGED_LOOKED_AT}) AS newest`;
  });
  return sql`
    SELECT DISTINCT p.author_id AS "userId", used.tag FROM (${join(newest, ' UNION ')}) AS used
    JOIN posts p ON p.id = used.post_id
    WHERE p.audience = 'public' AND ${canSeeInLists(viewer, p)}`;
});

const ACTIVE = sql`
  SELECT DISTINCT p.author_id AS "userId"
  FROM (SELECT newest.* FROM posts newest ORDER BY newest.id DESC LIMIT ${POSTS_LOOKED_AT}) AS p
  WHERE p.id > ${named('since')} AND p.audience = 'public' AND ${canSeeInLists(viewer, p)}`;

/** The viewer sees their card and neither follows nor mutes them; and both want that they are suggested. */
const SUGGESTABLE = shaped(
  (size: number) => sql`
    SELECT u.id FROM users u
    WHERE u.id IN (${anyNamed('ids', size)}) AND u.id <> ${viewer} AND ${canSeeCard(viewer, sql`u.id`)}
      AND NOT EXISTS (SELECT 1 FROM follows own WHERE own.follower_id = ${viewer} AND own.followee_id = u.id)
      AND NOT ${isMuted(viewer, sql`u.id`)} AND ${isSuggested(sql`u.id`)}
      AND NOT ${isDismissed(viewer, 'person', sql`u.id`)}`,
);

/** Where people to suggest are looked for. Each statement reads a bounded part of the viewer's own lists. */
@Injectable()
export class PeopleSuggestionsRepository {
  constructor(private readonly database: Database) {}

  findFollowedBy(viewerId: string): Promise<FollowedByRow[]> {
    return this.database.many(new Statement(FOLLOWED_BY, { viewer: viewerId }));
  }

  findFollowers(viewerId: string): Promise<{ userId: string }[]> {
    return this.database.many(new Statement(FOLLOWERS, { viewer: viewerId }));
  }

  findInGroups(viewerId: string): Promise<InGroupRow[]> {
    return this.database.many(new Statement(IN_GROUPS, { viewer: viewerId }));
  }

  async findWithTags(viewerId: string, tags: string[]): Promise<{ userId: string; tag: string }[]> {
    if (!tags.length) return [];
    const values = { viewer: viewerId, tags };
    return this.database.many(new Statement(WITH_TAGS(sizeOf(tags)), values));
  }

  /** People whose public posts are among the newest posts of all. */
  findActive(viewerId: string, since: string): Promise<{ userId: string }[]> {
    return this.database.many(new Statement(ACTIVE, { viewer: viewerId, since }));
  }

  async findSuggestable(viewerId: string, ids: string[]): Promise<Set<string>> {
    const rows = await this.database.many<{ id: string }>(
      new Statement(SUGGESTABLE(sizeOf(ids)), { viewer: viewerId, ids }),
    );
    return new Set(rows.map(({ id }) => id));
  }
}
