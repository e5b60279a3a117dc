import { DAY, MINUTE } from '../../world/people.ts';
import type { Crowd, Making } from './people.ts';
import { sentence, writeComments, writeLikes, writePost } from './posts.ts';

export interface Discussions {
  /** By the author with the blocks, newest last: each with 3,000 comments and likes, two in five of the blocked. */
  contested: string[];
  /** Public, followers-only, chosen and unlisted, of the hub. */
  ofHub: Record<'public' | 'followers' | 'chosen' | 'unlisted', string>;
  /** Of the hub, each with 20,000 likes. */
  popular: string[];
  /** On the first popular one, with 3,000 replies. */
  answered: string;
  /** Has 500 older versions. */
  edited: string;
}

const CONTESTED = 20;
const POPULAR = 5;
/** Posts of each of the close authors. */
const RECENT = 3;
const REACTIONS = 300;

export async function writeDiscussions(making: Making, crowd: Crowd): Promise<Discussions> {
  const { writer, chance, size, cast, now } = making;
  const contested: string[] = [];
  for (let at = 0; at < CONTESTED; at++) {
    const from = now - 5 * DAY + at * 60 * MINUTE;
    const post = writePost(making, { author: cast.author.id, time: from });
    const people = Array.from({ length: size.comments }, (_, comment) => {
      const lot = comment % 5;
      if (lot > 1) return chance.pick(crowd.networkers);
      return chance.pick(lot ? crowd.blockedByAuthor : crowd.blockersOfAuthor);
    });
    writeComments(making, post, { people, from, withReplies: true });
    writeLikes(making, post, [...new Set([...crowd.blockedByAuthor, ...people])]);
    contested.push(post);
    await writer.flush();
  }

  const popular: string[] = [];
  for (let at = 0; at < POPULAR; at++) {
    const post = writePost(making, { author: cast.hub.id, time: now - 4 * DAY + at * 60 * MINUTE });
    writeLikes(making, post, crowd.all.slice(-size.likes));
    popular.push(post);
    await writer.flush();
  }
  const [answered] = writeComments(making, popular[0]!, {
    people: [crowd.networkers[0]!],
    from: now - 3 * DAY,
  });
  const answering = Array.from({ length: size.comments }, () => chance.pick(crowd.all));
  writeComments(making, popular[0]!, { people: answering, from: now - 2 * DAY, to: answered! });

  for (const author of crowd.close)
    for (let at = 0; at < RECENT; at++) {
      const from = now - (2 + at) * DAY + chance.below(DAY);
      const post = writePost(making, { author, time: from });
      const first = chance.below(size.people - REACTIONS);
      writeLikes(making, post, crowd.all.slice(first, first + REACTIONS));
      const people = Array.from({ length: REACTIONS }, (_, comment) =>
        chance.pick(comment % 3 ? crowd.all : crowd.blockedByAuthor),
      );
      writeComments(making, post, { people, from });
      if (at === 0) await writer.flush();
    }

  const inOrder = (audience: string) =>
    writePost(making, { author: cast.hub.id, time: now - 9 * DAY, audience });
  const ofHub = {
    public: popular[0]!,
    followers: inOrder('followers'),
    chosen: inOrder('chosen'),
    unlisted: inOrder('unlisted'),
  };
  return { contested, popular, answered: answered!, ofHub, edited: writeEdited(making) };
}

function writeEdited(making: Making): string {
  const { writer, chance, size, cast, now } = making;
  const edited = writePost(making, { author: cast.author.id, time: now - 8 * DAY });
  for (let at = 0; at < size.versions; at++) {
    const time = now - 8 * DAY + at * MINUTE;
    writer.insert('post_versions', 'id, post_id, content, written_at', [
      ...[chance.id(time), edited, sentence(at), new Date(time).toISOString()],
    ]);
  }
  return edited;
}

/** What one person has very much of. */
export function writeBelongings({ writer, chance, size, cast, now }: Making): void {
  const owner = cast.awaited.id;
  for (let at = 0; at < size.uploads; at++) {
    const time = now - 3 * DAY + at * 1000;
    writer.insert(
      'media',
      'id, owner_id, purpose, kind, status, width, height, placeholder, bytes, created_at',
      [
        ...[
          chance.id(time),
          owner,
          'attachment',
          'image',
          'ready',
          1600,
          1200,
          '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
        ],
        ...[10_000, new Date(time).toISOString()],
      ],
    );
  }
  for (let at = 0; at < 1000; at++) {
    const seen = new Date(now - at * MINUTE).toISOString();
    writer.insert(
      'sessions',
      'id, token_hash, user_id, device, created_at, last_seen_at, expires_at',
      [
        ...[chance.id(now - at * MINUTE), `hostile-${at}`, owner, 'Firefox on Linux'],
        ...[seen, seen, new Date(now + 30 * DAY).toISOString()],
      ],
    );
  }
}
