import { Injectable } from '@nestjs/common';
import { canSeeGroup, isMember } from '../../access/group.access.js';
import { isAccepted, isMuted } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import {
  join,
  named,
  namedAt,
  selected,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Sql,
} from '../../platform/database/statements.js';
import { isDismissed } from './dismissals.repository.js';

/** Of whom the viewer follows, the newest so many count; of each of them, so many times in groups. */
const FOLLOWED_LOOKED_AT = 200;
const MEMBERSHIPS_LOOKED_AT = 20;
const NAMED_LOOKED_AT = 50;

export interface CandidateGroupRow {
  id: string;
  memberCount: number;
  createdAt: string;
}

const viewer = named('viewer');
const limit = named('limit');
const g = sql`g`;

const SHOWN = { id: sql`g.id`, memberCount: sql`g.member_count`, createdAt: sql`g.created_at` };

/** Not those that the viewer is in, has something to answer in, or does not want. */
const isNew = sql`${canSeeGroup(g)} AND NOT ${isMember(viewer, sql`g.id`)}
  AND NOT EXISTS (SELECT 1 FROM group_invitations i WHERE i.group_id = g.id AND i.user_id = ${viewer})
  AND NOT EXISTS (SELECT 1 FROM group_requests r WHERE r.group_id = g.id AND r.user_id = ${viewer})
  AND NOT ${isDismissed(viewer, 'group', sql`g.id`)}`;

const bySize = (condition: Sql): Sql => sql`
  SELECT ${selected(SHOWN)} FROM groups g WHERE ${isNew} AND ${condition}
  ORDER BY g.member_count DESC, g.id DESC LIMIT ${limit}`;

const LARGEST = bySize(sql`true`);

const NEWEST = sql`
  SELECT ${selected(SHOWN)} FROM groups g WHERE ${isNew} ORDER BY g.id DESC LIMIT ${limit}`;

/** Groups with at least so many members whom the viewer follows. */
const OF_FOLLOWED = bySize(sql`g.id IN (
  SELECT m.group_id
  FROM (SELECT f.followee_id FROM follows f
    WHERE f.follower_id = ${viewer} AND ${isAccepted(sql`f`)} AND NOT ${isMuted(viewer, sql`f.followee_id`)}
    ORDER BY f.id DESC LIMIT ${FOLLOWED_LOOKED_AT}) AS followed
  JOIN memberships m ON m.id IN (
    SELECT newest.id FROM memberships newest WHERE newest.user_id = followed.followee_id
    ORDER BY newest.id DESC LIMIT ${MEMBERSHIPS_LOOKED_AT})
  WHERE m.ended_at IS NULL AND m.is_counted
  GROUP BY m.group_id HAVING count(*) >= ${named('atLeast')})`);

/** Groups with any of these words in what everyone may read of them. */
const NAMED_SO = shaped((size: number) => {
  const each = Array.from({ length: size }, (_, at) => {
    const word = namedAt('words', at);
    return sql`SELECT * FROM (
      SELECT w.word, w.group_id FROM group_words w WHERE w.word = ${word}
      ORDER BY w.group_id DESC LIMIT ${NAMED_LOOKED_AT}) AS found`;
  });
  return sql`
    SELECT ${selected(SHOWN)}, used.word FROM (${join(each, ' UNION ')}) AS used
    JOIN groups g ON g.id = used.group_id WHERE ${isNew}`;
});

/** Where groups to suggest are looked for. */
@Injectable()
export class GroupSuggestionsRepository {
  constructor(private readonly database: Database) {}

  findOfFollowed(viewerId: string, atLeast: number, limit: number): Promise<CandidateGroupRow[]> {
    return this.database.many(new Statement(OF_FOLLOWED, { viewer: viewerId, atLeast, limit }));
  }

  async findNamed(
    viewerId: string,
    words: string[],
  ): Promise<(CandidateGroupRow & { word: string })[]> {
    if (!words.length) return [];
    const values = { viewer: viewerId, words };
    return this.database.many(new Statement(NAMED_SO(sizeOf(words)), values));
  }

  findLargest(viewerId: string, limit: number): Promise<CandidateGroupRow[]> {
    return this.database.many(new Statement(LARGEST, { viewer: viewerId, limit }));
  }

  findNewest(viewerId: string, limit: number): Promise<CandidateGroupRow[]> {
    return this.database.many(new Statement(NEWEST, { viewer: viewerId, limit }));
  }
}
