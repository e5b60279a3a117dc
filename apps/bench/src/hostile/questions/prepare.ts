import type * as Sharp from 'sharp';
import { fromApi } from '../../api-packages.ts';
import type { Api } from '../../api-server.ts';
import { pageAfter } from '../../entries/in-worlds.ts';
import type { Installation } from '../../installation.ts';
import { withDatabase } from '../../database.ts';
import type { HostileWorld } from '../world/hostile-world.ts';
import { HIDDEN_TAGS } from '../world/masses.ts';

/** What questions are made of and only the running installation knows. */
export interface Prepared {
  /** Path of a page. */
  followersAfterMany: string;
  oldPost: string;
  newestPost: string;
  hiddenPost: string;
  hiddenMedium: string;
  /** A hundred of them. */
  followersOfHub: string[];
  picture: FormData;
}

const CHOSEN = 100;

export async function prepare(
  api: Api,
  installation: Installation,
  { cast, size }: HostileWorld,
): Promise<Prepared> {
  const { hub, plain, awaited } = cast;
  const after = Math.min(10_000, size.people / 2);
  const middle = await pageAfter(api, plain, `/users/${hub.id}/followers`, after / 20);
  const id = (text: string) =>
    withDatabase(installation, async (database) =>
      (await database.all<{ id: string }>(text)).map((row) => row.id),
    );
  const [oldPost] = await id(`SELECT id FROM posts ORDER BY id LIMIT 1`);
  const [newestPost] = await id(`SELECT id FROM posts ORDER BY id DESC LIMIT 1`);
  const [hiddenPost] = await id(
    `SELECT post_id AS id FROM post_hashtags WHERE tag = '${HIDDEN_TAGS.followers}' LIMIT 1`,
  );
  const [hiddenMedium] = await id(`SELECT id FROM media WHERE owner_id = '${awaited.id}' LIMIT 1`);
  const followersOfHub = await id(
    `SELECT follower_id AS id FROM follows WHERE followee_id = '${hub.id}' ORDER BY id LIMIT ${CHOSEN}`,
  );
  return {
    followersAfterMany: middle.path.replace('/api/v1', ''),
    oldPost: oldPost!,
    newestPost: newestPost!,
    hiddenPost: hiddenPost!,
    hiddenMedium: hiddenMedium!,
    followersOfHub,
    picture: await picture(),
  };
}

async function picture(): Promise<FormData> {
  const sharp = fromApi('sharp') as typeof Sharp.default;
  const bytes = await sharp({
    create: { width: 800, height: 600, channels: 3, background: '#88aacc' },
  })
    .jpeg()
    .toBuffer();
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'boats.jpg');
  return form;
}
