import { Injectable } from '@nestjs/common';
import type { Activity } from '@echomate/contracts/profiles.dto';
import {
  canSeeInLists,
  canSeeOnProfile,
  commentColumns,
  isCommentOpen,
  postColumns,
} from '../../access/post.access.js';
import { canSeeProfileOf, narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { FIRST_ID, type IdSpan } from '../../platform/database/ids.js';
import { findInPortions, type RuledList } from '../../platform/database/portions.js';
import { named, sql, type Rule, type Sql } from '../../platform/database/statements.js';

export interface ActivityRow {
  id: string;
  kind: Activity['kind'];
  userId: string | null;
  postId: string;
  words: string;
}

const viewer = named('viewer');
const person = named('person');
const p = postColumns(sql`p`);

/** Rows of the person's own that an index returns in order; below `after`, other activity fills the page. */
const byPerson = (
  rows: Sql,
  { by, id }: { by: Sql; id: Sql },
  columns: Record<'kind' | 'userId' | 'postId' | 'words', Sql>,
  rule: Rule,
): RuledList => ({
  rows: sql`${rows} WHERE ${by} = ${person} AND ${id} > ${named('after')}`,
  id,
  columns,
  rule: narrowed(rule, canSeeProfileOf(viewer, person)),
});

const ORIGINAL = sql`LEFT JOIN posts o ON o.id = p.shared_id`;
/** Of a share without words of its own, those of the original; of an event's post, the title of the event. */
const WORDS = sql`COALESCE(p.title, NULLIF(p.content, ''), o.title, o.content, CASE WHEN p.author_id IS NULL THEN (
  SELECT planned.title FROM event_series planned WHERE planned.id = p.id) END, '')`;

const posts = (rule: Rule): RuledList =>
  byPerson(
    sql`posts p ${ORIGINAL}`,
    { by: sql`p.author_id`, id: sql`p.id` },
    {
      kind: sql`CASE WHEN p.shared_id IS NULL THEN 'posted' ELSE 'shared' END`,
      userId: sql`o.author_id`,
      postId: sql`p.id`,
      words: WORDS,
    },
    rule,
  );

const canSeeComment = narrowed(
  canSeeInLists(viewer, p),
  isCommentOpen(viewer, commentColumns(sql`c`), p.authorId),
);

const LISTS = {
  ownPosts: posts(canSeeOnProfile.own(viewer, p)),
  posts: posts(canSeeOnProfile.ofOthers(viewer, p)),
  comments: byPerson(
    sql`comments c JOIN posts p ON p.id = c.post_id LEFT JOIN comments parent ON parent.id = c.parent_id`,
    { by: sql`c.author_id`, id: sql`c.id` },
    {
      kind: sql`CASE WHEN c.parent_id IS NULL THEN 'commented' ELSE 'replied' END`,
      userId: sql`COALESCE(parent.author_id, p.author_id)`,
      postId: sql`p.id`,
      words: sql`c.content`,
    },
    canSeeComment,
  ),
  likes: byPerson(
    sql`post_likes l JOIN posts p ON p.id = l.post_id ${ORIGINAL}`,
    { by: sql`l.user_id`, id: sql`l.id` },
    {
      kind: sql`'likedPost'`,
      userId: sql`p.author_id`,
      postId: sql`p.id`,
      words: WORDS,
    },
    canSeeInLists(viewer, p),
  ),
  commentLikes: byPerson(
    sql`comment_likes l JOIN comments c ON c.id = l.comment_id JOIN posts p ON p.id = c.post_id`,
    { by: sql`l.user_id`, id: sql`l.id` },
    {
      kind: sql`'likedComment'`,
      userId: sql`c.author_id`,
      postId: sql`p.id`,
      words: sql`c.content`,
    },
    canSeeComment,
  ),
};

export type Doing = Exclude<keyof typeof LISTS, 'ownPosts'>;

/** What a person wrote and liked, newest first, as far as the viewer may see it in lists. */
@Injectable()
export class ActivityRepository {
  constructor(private readonly database: Database) {}

  find(
    viewerId: string,
    personId: string,
    doing: Doing,
    { before, after }: IdSpan,
    limit: number,
  ): Promise<ActivityRow[]> {
    const isOwn = viewerId === personId;
    const list = LISTS[isOwn && doing === 'posts' ? 'ownPosts' : doing];
    const values = { viewer: viewerId, person: personId, after: after ?? FIRST_ID };
    return findInPortions(this.database, list, before, limit, { values });
  }
}
