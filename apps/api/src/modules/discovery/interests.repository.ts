import { Injectable } from '@nestjs/common';
import { canSeePost, postColumns } from '../../access/post.access.js';
import { Database } from '../../platform/database/database.service.js';
import { named, sql, Statement } from '../../platform/database/statements.js';

/** Of the viewer's own posts, the newest so many count, and of their hashtags those used last. */
const POSTS_LOOKED_AT = 30;
const TAGS_COUNTED = 6;

const viewer = named('viewer');

/** In posts that the viewer still sees: not in groups that they have left. */
const OWN_TAGS = sql`
  SELECT tagged.tag
  FROM (SELECT p.* FROM posts p WHERE p.author_id = ${viewer} ORDER BY p.id DESC LIMIT ${POSTS_LOOKED_AT}) AS mine
  JOIN post_hashtags tagged ON tagged.post_id = mine.id
  WHERE ${canSeePost(viewer, postColumns(sql`mine`))}
  ORDER BY tagged.post_id DESC, tagged.tag`;

/** What suggestions go by, read anew each time: nothing of it is kept. */
@Injectable()
export class InterestsRepository {
  constructor(private readonly database: Database) {}

  /** The hashtags that the viewer used last. */
  async findTags(viewerId: string): Promise<string[]> {
    const rows = await this.database.many<{ tag: string }>(
      new Statement(OWN_TAGS, { viewer: viewerId }),
    );
    return [...new Set(rows.map(({ tag }) => tag))].slice(0, TAGS_COUNTED);
  }
}
