import { DAY, MINUTE } from '../../world/people.ts';
import type { Crowd, Making } from './people.ts';
import { writeComments, writeLikes, writePost } from './posts.ts';

/** Hashtags over as many posts as there are in a mass, none of which their reader may see. */
export const HIDDEN_TAGS = {
  followers: 'forfollowers',
  private: 'ofprivate',
  chosen: 'forchosen',
  blocked: 'ofblockers',
} as const;
/** Over the followers-only mass, and a few older posts that everyone sees. */
export const MIXED_TAG = 'mixed';

export interface Masses {
  /** Shared by the mob, and before by others. */
  shared: string;
  /** Liked and commented on by the mob, and before by others. */
  beset: string;
}

/** A few that a reader may see, below very many that they may not. */
export async function writeMasses(making: Making, crowd: Crowd): Promise<Masses> {
  const { writer, chance, size, cast, now } = making;
  const visible = crowd.all.slice(1000, 1040);
  const old = (at: number) => now - 30 * DAY + at * MINUTE;
  const recent = (at: number) => now - 6 * DAY + (at * 5 * DAY) / size.mass;

  for (const [at, author] of visible.entries()) {
    writePost(making, { author, time: old(at), tags: [MIXED_TAG], mentioned: cast.plain.id });
    const seen = writePost(making, { author: crowd.veiled, time: old(at) });
    writeComments(making, seen, { people: [crowd.veiled], from: old(at) });
  }
  const shared = writePost(making, { author: cast.hub.id, time: old(50) });
  const beset = writePost(making, { author: cast.hub.id, time: old(51) });
  for (const [at, author] of visible.entries())
    writePost(making, { author, time: old(60 + at), sharedId: shared });
  writeComments(making, beset, { people: visible, from: old(60) });
  writeLikes(making, beset, visible);
  writeComments(making, beset, { people: crowd.mob, from: recent(0) });
  writeLikes(making, beset, crowd.mob);
  await writer.flush();

  const strangers = crowd.all.slice(0, 500);
  const veils = ['followers', 'chosen', 'unlisted', 'public'];
  for (let at = 0; at < size.mass; at++) {
    const time = recent(at);
    const stranger = chance.pick(strangers);
    const forFollowers = writePost(making, {
      author: stranger,
      time,
      audience: 'followers',
      tags: [HIDDEN_TAGS.followers, MIXED_TAG],
      mentioned: cast.plain.id,
    });
    writeLikes(making, forFollowers, [crowd.veiled]);
    writeComments(making, forFollowers, { people: [crowd.veiled], from: time });
    writePost(making, { author: chance.pick(crowd.secretive), time, tags: [HIDDEN_TAGS.private] });
    const forChosen = { author: stranger, time, audience: 'chosen' };
    writePost(making, { ...forChosen, tags: [HIDDEN_TAGS.chosen] });
    writePost(making, { author: chance.pick(crowd.shunners), time, tags: [HIDDEN_TAGS.blocked] });
    writePost(making, {
      author: crowd.veiled,
      time,
      audience: veils[at % veils.length]!,
      isDeleted: at % veils.length === 3,
    });
    writePost(making, { author: crowd.mob[at]!, time, sharedId: shared });
    if (at % 2000 === 0) await writer.flush();
  }
  await writer.flush();
  return { shared, beset };
}

/** Posts in `writeMasses`, by and large. */
export const postsInMasses = (mass: number) => mass * 6 + 200;
