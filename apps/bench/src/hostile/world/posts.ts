import { DAY } from '../../world/people.ts';
import type { Crowd, Making } from './people.ts';

export interface NewPost {
  author: string;
  time: number;
  audience?: string;
  tags?: string[];
  mentioned?: string;
  sharedId?: string;
  isDeleted?: boolean;
}

const WORDS =
  'the morning light over harbour was worth getting up for and we stayed until somebody opened a window'.split(
    ' ',
  );

/** One post with what its text names; likes and comments are counted when all is written. */
export function writePost(
  { writer, chance }: Making,
  { author, time, audience = 'public', tags = [], mentioned, sharedId, isDeleted }: NewPost,
): string {
  const id = chance.id(time);
  const at = new Date(time).toISOString();
  let content = sentence(chance.below(WORDS.length));
  if (mentioned) content += ` @${mentioned}`;
  for (const tag of tags) content += ` #${tag}`;
  writer.insert('posts', 'id, author_id, audience, shared_id, content, created_at, deleted_at', [
    id,
    author,
    audience,
    sharedId ?? null,
    content,
    at,
    isDeleted ? at : null,
  ]);
  // How far it reaches is settled when the profiles are written.
  for (const tag of tags)
    writer.insert('post_hashtags', 'tag, post_id, author_id, reach', [tag, id, author, 'nobody']);
  if (mentioned) writer.insert('post_mentions', 'user_id, post_id', [mentioned, id]);
  return id;
}

export const sentence = (from: number) =>
  Array.from({ length: 12 }, (_, at) => WORDS[(from + at * 5) % WORDS.length]).join(' ');

export function writeLikes({ writer, chance }: Making, post: string, people: string[]): void {
  for (const id of people)
    writer.insert('post_likes', 'id, post_id, user_id', [chance.id(Date.now()), post, id]);
}

/** By these people in turn; every other one of them answers the one before if there are replies. */
export function writeComments(
  { writer, chance }: Making,
  post: string,
  { people, from, to, withReplies = false }: CommentsWanted,
): string[] {
  let time = from;
  let parent = to ?? null;
  return people.map((author, at) => {
    const id = chance.id((time += 10));
    if (withReplies) parent = at % 2 ? parent : null;
    writer.insert('comments', 'id, post_id, author_id, parent_id, content, created_at', [
      ...[id, post, author, parent, sentence(at), new Date(time).toISOString()],
    ]);
    if (withReplies) parent = id;
    return id;
  });
}

interface CommentsWanted {
  people: string[];
  from: number;
  /** The comment that all of them answer. */
  to?: string;
  withReplies?: boolean;
}

/** What everybody writes, over 290 days; public for the most part. */
export async function writeEverydayPosts(making: Making, crowd: Crowd, count: number) {
  const { writer, chance, now, size } = making;
  const others = crowd.all.filter((id) => id !== crowd.veiled);
  const liked: string[] = [];
  for (let at = 0; at < count; at++) {
    const time = now - 290 * DAY + (at * 289 * DAY) / count;
    const lot = chance.next();
    const post = writePost(making, {
      author: chance.pick(others),
      time,
      audience:
        lot < 0.8 ? 'public' : lot < 0.95 ? 'followers' : lot < 0.98 ? 'chosen' : 'unlisted',
      tags: chance.isOneIn(10) ? [`topic${chance.below(1000)}x`] : [],
    });
    const first = chance.below(size.people - 3);
    writeLikes(making, post, crowd.all.slice(first, first + chance.below(2)));
    if (chance.isOneIn(4))
      writeComments(making, post, { people: [chance.pick(others)], from: time });
    if (at % Math.ceil(count / size.commentsOfOne) === 0) liked.push(post);
    if (at % 20_000 === 0) await writer.flush();
  }
  for (const post of liked)
    writeComments(making, post, { people: [making.cast.talkative.id], from: now - DAY });
  await writer.flush();
}
