import type * as Uuid from 'uuid';
import { fromApi } from '../api-packages.ts';
import type { BareDatabase, BareWriter } from './database.ts';
import { cardsReader, mentionedIn, oneText, pageReader } from './posts.ts';
import { HIDDEN, isOpen, isOriginalOpen } from './rule.ts';

const { v7: uuid } = fromApi('uuid') as typeof Uuid;

const HASHTAG = /(?<![\p{L}\p{N}_&/#])#([\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*)/gu;

/** The post, what it says about whom, and a row in the feed of everyone who follows: one transaction. */
export function postWriter(database: BareDatabase, writer: BareWriter) {
  const findCards = cardsReader(database);
  const readPost = pageReader(database, oneText);
  const insertPost = writer.run(`
    INSERT INTO posts (id, author_id, audience, shared_id, title, content, created_at)
    VALUES (:id, :author, :audience, NULL, :title, :content, :now)`);
  const insertTag = writer.run(`
    INSERT INTO post_hashtags (tag, post_id, author_id, reach)
    SELECT :tag, :id, :author, CASE
      WHEN :audience = 'unlisted' THEN 'nobody'
      WHEN :audience <> 'public' THEN :audience
      WHEN u.visibility = 'public' THEN 'everyone'
      ELSE 'followers' END
    FROM users u WHERE u.id = :author`);
  const insertMention = writer.run(
    `INSERT INTO post_mentions (user_id, post_id) VALUES (:person, :id)`,
  );
  const handOut = writer.run(`
    INSERT INTO feed_entries (owner_id, post_id)
    SELECT f.follower_id, :id FROM follows f WHERE f.followee_id = :author AND f.status = 'accepted'`);
  return async (
    author: string,
    {
      content,
      audience,
      title = null,
    }: { content: string; audience: string; title?: string | null },
  ) => {
    const tags = new Set(Array.from(content.matchAll(HASHTAG), ([, tag]) => tag!.toLowerCase()));
    const mentioned = await findCards(author, mentionedIn(content));
    const id = uuid();
    writer.transaction(() => {
      const now = new Date().toISOString();
      insertPost({ id, author, audience, title, content, now });
      for (const tag of tags) insertTag({ tag, id, author, audience });
      for (const person of mentioned.keys()) insertMention({ person, id });
      handOut({ id, author });
    });
    const { items } = await readPost({ viewer: author, post: id, limit: 1 });
    return items[0] ?? null;
  };
}

export function liker(writer: BareWriter) {
  const findPost = writer.get<{ id: string }>(
    `SELECT p.id FROM posts p WHERE p.id = :post AND ${isOpen('p')} AND ${isOriginalOpen('p')}`,
  );
  const insert = writer.run(`
    INSERT INTO likes (id, subject_id, user_id) VALUES (:id, :post, :viewer)
    ON CONFLICT (subject_id, user_id) DO NOTHING`);
  const remove = writer.run(`DELETE FROM likes WHERE subject_id = :post AND user_id = :viewer`);
  const count = writer.run(`UPDATE posts SET like_count = like_count + :change WHERE id = :post`);
  const find = writer.get<{ likeCount: number }>(`
    SELECT like_count - (SELECT count(*) FROM likes
      WHERE subject_id = :post AND user_id IN ${HIDDEN}) AS "likeCount"
    FROM posts WHERE id = :post`);
  return (viewer: string, post: string, isLiked: boolean) =>
    writer.transaction(() => {
      if (!findPost({ viewer, post })) return null;
      const changed = isLiked ? insert({ id: uuid(), viewer, post }) : remove({ viewer, post });
      if (changed) count({ post, change: isLiked ? 1 : -1 });
      return { isLiked, likeCount: find({ viewer, post })!.likeCount };
    });
}
