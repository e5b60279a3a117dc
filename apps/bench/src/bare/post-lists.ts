import { named, type BareDatabase } from './database.ts';
import { END, pageReader } from './posts.ts';
import { follows, HIDDEN, isOpen, isOriginalOpen } from './rule.ts';

export const IN_LISTS = `p.audience <> 'unlisted' AND ${isOpen('p')}
  AND ${isOriginalOpen('p', `AND original.audience <> 'unlisted'`)}`;

export function postsOfPersonReader(database: BareDatabase) {
  const findPerson = named<{ id: string }>(
    database,
    `SELECT u.id FROM users u WHERE u.id = :person AND (u.id = :viewer OR (u.id NOT IN ${HIDDEN}
      AND (u.visibility = 'public' OR ${follows('u.id')})))`,
  );
  const readPage = pageReader(
    database,
    `SELECT p.id FROM posts p WHERE p.author_id = :person AND p.id < :before AND ${IN_LISTS}
      ORDER BY p.id DESC LIMIT :limit + 1`,
  );
  return async (viewer: string, person: string, before: string | null, limit: number) =>
    (await findPerson({ viewer, person }))
      ? readPage({ viewer, person, before: before ?? END, limit })
      : null;
}

export function taggedPostsReader(database: BareDatabase) {
  const readPage = pageReader(
    database,
    `SELECT p.id FROM post_hashtags tagged JOIN posts p ON p.id = tagged.post_id
      WHERE tagged.tag = :tag AND tagged.post_id < :before AND ${IN_LISTS}
      ORDER BY tagged.post_id DESC LIMIT :limit + 1`,
  );
  return (viewer: string, tag: string, before: string | null, limit: number) =>
    readPage({ viewer, tag, before: before ?? END, limit });
}
