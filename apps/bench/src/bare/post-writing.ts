import type * as Uuid from 'uuid';
import { fromApi } from '../api-packages.ts';
import {
  written,
  type BareDatabase,
  type BareWriter,
  type Brought,
  type Step,
} from './database.ts';
import { cardsReader, mentionedIn, oneText, pageReader } from './posts.ts';
import { HIDDEN, isOpen, isOriginalOpen } from './rule.ts';

const { v7: uuid } = fromApi('uuid') as typeof Uuid;

const HASHTAG = /(?<![\p{L}\p{N}_&/#])#([\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*)/gu;

const insertPost = written(`
  INSERT INTO posts (id, author_id, audience, shared_id, title, content, created_at)
  VALUES (:id, :author, :audience, NULL, :title, :content, :now)`);
const insertTag = written(`
  INSERT INTO post_hashtags (tag, post_id, author_id, reach)
  SELECT :tag, p.id, p.author_id, CASE
    WHEN p.audience = 'unlisted' THEN 'nobody'
    WHEN p.audience <> 'public' THEN p.audience
    WHEN u.visibility = 'public' THEN 'everyone'
    ELSE 'followers' END
  FROM posts p JOIN users u ON u.id = p.author_id WHERE p.id = :id`);
const insertMention = written(`INSERT INTO post_mentions (user_id, post_id) VALUES (:person, :id)`);
const fanOut = written(`
  INSERT INTO feed_entries (owner_id, post_id)
  SELECT f.follower_id, p.id FROM follows f JOIN posts p ON p.id = :id
  WHERE f.followee_id = :author AND f.status = 'accepted'`);

/** The post, what it says about whom, and a row in the feed of everyone who follows: one transaction. */
export function postWriter(database: BareDatabase, writer: BareWriter) {
  const findCards = cardsReader(database);
  const readPost = pageReader(database, oneText);
  return async (
    author: string,
    {
      content,
      audience,
      title = null,
    }: { content: string; audience: string; title?: string | null },
  ) => {
    const tags = new Set(Array.from(content.matchAll(HASHTAG), ([, tag]) => tag!.toLowerCase()));
    const mentioned = await findCards(author, mentionedIn([content]));
    const id = uuid();
    await writer.transaction(function* () {
      const now = new Date().toISOString();
      yield insertPost({ id, author, audience, title, content, now });
      for (const tag of tags) yield insertTag({ tag, id });
      for (const person of mentioned.keys()) yield insertMention({ person, id });
      yield fanOut({ id, author });
    });
    const { items } = await readPost({ viewer: author, post: id, limit: 1 });
    return items[0] ?? null;
  };
}

const findPost = written(
  `SELECT p.id FROM posts p WHERE p.id = :post AND ${isOpen('p')} AND ${isOriginalOpen('p')}`,
);
const insertLike = written(`
  INSERT INTO post_likes (id, post_id, user_id) VALUES (:id, :post, :viewer)
  ON CONFLICT (post_id, user_id) DO NOTHING`);
const removeLike = written(`DELETE FROM post_likes WHERE post_id = :post AND user_id = :viewer`);
const changeCount = written(`UPDATE posts SET like_count = like_count + :change WHERE id = :post`);
const findCount = written(`
  SELECT like_count - (SELECT count(*) FROM post_likes
    WHERE post_id = :post AND user_id IN ${HIDDEN}) AS "likeCount"
  FROM posts WHERE id = :post`);

export const liker = (writer: BareWriter) => (viewer: string, post: string, isLiked: boolean) =>
  writer.transaction(function* (): Generator<Step, object | null, Brought> {
    if (!(yield findPost({ viewer, post })).row) return null;
    const { changes } = yield isLiked
      ? insertLike({ id: uuid(), viewer, post })
      : removeLike({ viewer, post });
    if (changes) yield changeCount({ post, change: isLiked ? 1 : -1 });
    const { row } = yield findCount({ viewer, post });
    return { isLiked, likeCount: row!['likeCount'] };
  });
