import { namedAll, type BareDatabase } from './database.ts';
import { END, pageReader } from './posts.ts';
import { isOpen, isOpenToFollower, isOriginalOpen, MUTED } from './rule.ts';

const ORIGINAL = isOriginalOpen(
  'p',
  `AND original.audience <> 'unlisted' AND original.author_id NOT IN ${MUTED}`,
);

const LARGE_FOLLOWED = `
  SELECT a.author_id AS id FROM large_authors a
  JOIN follows f ON f.follower_id = :viewer AND f.followee_id = a.author_id AND f.status = 'accepted'
  WHERE a.author_id NOT IN ${MUTED}`;

/**
 * Three kinds of sources, each sorted by its own index and merged: a source is read only as far as the page
 * goes. What an author who has become large had fanned out before is left to that author's own source.
 */
const feedText = (large: number) => {
  const names = Array.from({ length: large }, (_, at) => `:large${at}`);
  const handedOut = `
    SELECT e.post_id AS id FROM feed_entries e JOIN posts p ON p.id = e.post_id
    JOIN follows f ON f.follower_id = :viewer AND f.followee_id = p.author_id AND f.status = 'accepted'
    WHERE e.owner_id = :viewer AND e.post_id < :before AND p.author_id NOT IN (${[':viewer', ...names].join()})
      AND ${isOpenToFollower('p')} AND p.author_id NOT IN ${MUTED} AND ${ORIGINAL}`;
  const own = `
    SELECT p.id FROM posts p WHERE p.author_id = :viewer AND p.id < :before
      AND p.audience <> 'unlisted' AND ${isOpen('p')} AND ${ORIGINAL}`;
  const written = names.map(
    (name) => `
    SELECT p.id FROM posts p WHERE p.author_id = ${name} AND p.id < :before
      AND ${isOpenToFollower('p')} AND ${ORIGINAL}`,
  );
  return `${[handedOut, own, ...written].join(' UNION ALL ')} ORDER BY id DESC LIMIT :limit + 1`;
};

export function feedReader(database: BareDatabase) {
  const findLarge = namedAll<{ id: string }>(database, LARGE_FOLLOWED);
  const readers = new Map<number, ReturnType<typeof pageReader>>();
  return async (viewer: string, before: string | null, limit: number) => {
    const large = await findLarge({ viewer });
    let readPage = readers.get(large.length);
    if (!readPage) {
      readPage = pageReader(database, feedText(large.length));
      readers.set(large.length, readPage);
    }
    const names = Object.fromEntries(large.map(({ id }, at) => [`large${at}`, id]));
    const page = await readPage({ viewer, before: before ?? END, limit, ...names });
    return { ...page, items: page.items.map((post) => ({ ...post, reason: null })) };
  };
}
