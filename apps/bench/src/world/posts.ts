import type { RowWriter } from './bulk-writer.ts';
import type { Chance } from './chance.ts';
import { CLOSE, LARGE, type Accounts, type Crowd } from './people.ts';

export interface Samples {
  /** Posts with 40 comments, public, newest last. */
  discussed: string[];
  /** Public posts of large and close people that neither viewer likes, newest last. */
  plain: string[];
}

interface Written {
  id: string;
  authorId: string;
  audience: string;
}

const WORDS =
  'the morning light over harbour was worth getting up for and we stayed until somebody opened a window to let music out'.split(
    ' ',
  );
/** Each in a handful of posts, whatever their number. */
export const RARE_WORDS = ['zeppelin', 'quagmire', 'xylophone', 'walrus', 'nutmeg'];
const WITH_RARE_WORDS = 40;
/** Every so many posts one is discussed. */
const DISCUSSED_EVERY = 1000;
const COMMENTS_WHERE_DISCUSSED = 40;
const FLUSHED_AT_ONCE = 20_000;

/** What the api keeps beside each hashtag of a post. */
function reachOf(audience: string, isClosed: boolean): string {
  if (audience === 'unlisted') return 'nobody';
  return audience !== 'public' ? audience : isClosed ? 'followers' : 'everyone';
}

/** Posts with their comments, likes and mentions, in time order; counters equal their rows. */
export async function writePosts(
  writer: RowWriter,
  chance: Chance,
  accounts: Accounts,
  crowd: Crowd,
  { count, from, step }: { count: number; from: number; step: number },
): Promise<Samples> {
  const { ids, closed, followsOf } = crowd;
  const samples: Samples = { discussed: [], plain: [] };
  const stars = new Set(ids.slice(0, LARGE + CLOSE));
  /** Public posts that can be shared, the newest ones. */
  const shareable: Written[] = [];

  const authorOf = (): string => {
    const lot = chance.next();
    if (lot < 0.25) return ids[LARGE + chance.below(CLOSE)]!;
    if (lot < 0.265) return ids[chance.below(LARGE)]!;
    if (lot < 0.27) return chance.pick([accounts.few, accounts.many]);
    return ids[LARGE + CLOSE + chance.below(ids.length - LARGE - CLOSE)]!;
  };
  const sentence = () => {
    let text = '';
    for (let left = 6 + chance.below(20); left; left--) text += `${chance.pick(WORDS)} `;
    return text.trimEnd();
  };

  const rareEvery = Math.ceil(count / WITH_RARE_WORDS);
  for (let at = 0; at < count; at++) {
    if (at % FLUSHED_AT_ONCE === 0) await writer.flush();
    const time = from + at * step;
    const isDiscussed = at % DISCUSSED_EVERY === DISCUSSED_EVERY / 2;
    const authorId = isDiscussed ? ids[LARGE + chance.below(CLOSE)]! : authorOf();
    const lot = isDiscussed ? 0 : chance.next();
    const audience =
      lot < 0.7 ? 'public' : lot < 0.95 ? 'followers' : lot < 0.98 ? 'chosen' : 'unlisted';
    const shared =
      !isDiscussed && shareable.length && chance.isOneIn(6) ? chance.pick(shareable) : null;
    const id = chance.id(time);
    const rare = at % rareEvery === 0 ? RARE_WORDS[(at / rareEvery) % RARE_WORDS.length] : null;
    const mentioned = chance.isOneIn(8) ? chance.pick(ids) : null;
    const tag = chance.isOneIn(5) ? `topic${chance.below(100)}x` : null;
    const likers = shared || chance.isOneIn(2) ? 0 : chance.below(3);
    const comments = isDiscussed
      ? COMMENTS_WHERE_DISCUSSED
      : chance.isOneIn(5)
        ? 1 + chance.below(2)
        : 0;
    // The viewers like what their close friends write.
    const own = [accounts.few, accounts.many].filter(() => chance.isOneIn(20));
    const createdAt = new Date(time).toISOString();
    writer.insert(
      'posts',
      'id, author_id, audience, shared_id, title, content, like_count, comment_count, created_at',
      [
        id,
        authorId,
        audience,
        shared?.id ?? null,
        !shared && chance.isOneIn(5) ? sentence().slice(0, 60) : null,
        `${sentence()}${rare ? ` ${rare}` : ''}${mentioned ? ` @${mentioned}` : ''}${tag ? ` #${tag}` : ''}.`,
        likers + own.length,
        comments,
        createdAt,
      ],
    );
    if (tag)
      writer.insert('post_hashtags', 'tag, post_id, author_id, reach', [
        ...[tag, id, authorId, reachOf(audience, closed.has(authorId))],
      ]);
    if (mentioned) writer.insert('post_mentions', 'user_id, post_id', [mentioned, id]);
    if (!shared && chance.isOneIn(3)) attachMedia(writer, chance, id, authorId, time);
    const first = chance.below(ids.length - 3);
    for (const userId of [...ids.slice(first, first + likers), ...own])
      writer.insert('post_likes', 'id, post_id, user_id', [chance.id(time + step), id, userId]);
    writeComments(writer, chance, id, { count: comments, from: time, people: ids, sentence });
    for (const viewer of ['few', 'many'] as const) {
      const followId = followsOf[viewer].get(authorId);
      if (!followId || audience === 'unlisted') continue;
      if (audience === 'chosen') {
        if (chance.isOneIn(2)) continue;
        writer.insert('chosen_followers', 'post_id, user_id, follow_id', [
          ...[id, accounts[viewer], followId],
        ]);
      }
      writer.insert('feed_entries', 'owner_id, post_id', [accounts[viewer], id]);
    }
    if (audience === 'public' && !shared) {
      shareable.push({ id, authorId, audience });
      if (shareable.length > 500) shareable.shift();
    }
    if (isDiscussed) samples.discussed.push(id);
    else if (audience === 'public' && !shared && !own.length && stars.has(authorId))
      samples.plain.push(id);
  }
  return samples;
}

function attachMedia(
  writer: RowWriter,
  chance: Chance,
  postId: string,
  ownerId: string,
  time: number,
): void {
  const lot = chance.next();
  const pictures = lot < 0.55 ? 1 : lot < 0.8 ? 2 : lot < 0.92 ? 3 : 4;
  for (let position = 0; position < pictures; position++)
    writer.insert(
      'media',
      'id, owner_id, purpose, kind, status, width, height, placeholder, alt, bytes, post_id, position, created_at',
      [
        chance.id(time - 1000),
        ownerId,
        'attachment',
        'image',
        'ready',
        1600,
        1200,
        '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
        chance.isOneIn(2) ? 'Boats in the harbour, early in the morning' : null,
        250_000,
        postId,
        position,
        new Date(time).toISOString(),
      ],
    );
}

function writeComments(
  writer: RowWriter,
  chance: Chance,
  postId: string,
  {
    count,
    from,
    people,
    sentence,
  }: { count: number; from: number; people: string[]; sentence: () => string },
): void {
  const isDiscussed = count === COMMENTS_WHERE_DISCUSSED;
  /** Where a post is discussed every fifth comment answers the one before. */
  const isReply = (at: number) => isDiscussed && at % 5 === 4;
  let parent: string | null = null;
  for (let at = 0; at < count; at++) {
    const id = chance.id(from + 1000 * (at + 1));
    writer.insert(
      'comments',
      'id, post_id, author_id, parent_id, content, reply_count, created_at',
      [
        id,
        postId,
        chance.pick(people),
        isReply(at) ? parent : null,
        sentence(),
        isReply(at + 1) && at + 1 < count ? 1 : 0,
        new Date(from + 1000 * (at + 1)).toISOString(),
      ],
    );
    parent = id;
  }
}
