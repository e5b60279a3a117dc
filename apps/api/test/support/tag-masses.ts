import { v7 as uuid } from 'uuid';
import { PostHashtagsRepository } from '../../src/modules/posts/post-hashtags.repository.js';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql } from '../../src/platform/database/statements.js';
import type { TestApp } from './test-app.js';

interface MassPost {
  author: string;
  audience?: string;
  isDeleted?: boolean;
  shared?: string;
}

/**
 * A hashtag with thousands of posts in layers, each hidden from the viewer for another reason, and some between
 * and below them that are not; written past the api. Returns what the viewer may see, newest first.
 */
export async function tagMasses(
  app: TestApp,
  tag: string,
  viewerId: string,
  [open, closed, followed, blocker]: string[],
): Promise<string[]> {
  const database = app.get(Database);
  const at = new Date().toISOString();
  const visible: string[] = [];

  const write = async (count: number, post: MassPost, isTagged = true): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => uuid());
    for (let from = 0; from < count; from += 1000) {
      const some = ids.slice(from, from + 1000);
      const { author, audience = 'public', isDeleted = false, shared = null } = post;
      const deletedAt = isDeleted ? at : null;
      await database.transaction(async (transaction) => {
        await transaction.run(sql`
          INSERT INTO posts (id, author_id, audience, shared_id, content, created_at, deleted_at) VALUES ${join(
            some.map(
              (id) =>
                sql`(${id}, ${author}, ${audience}, ${shared}, ${`#${tag}`}, ${at}, ${deletedAt})`,
            ),
          )}`);
        if (isTagged)
          await transaction.run(sql`
            INSERT INTO post_hashtags (tag, post_id, author_id, reach) VALUES ${join(
              some.map((id) => sql`(${tag}, ${id}, ${author}, 'nobody')`),
            )}`);
      });
    }
    return ids;
  };
  const show = async (count: number, post: MassPost) => {
    const ids = await write(count, post);
    visible.unshift(...ids.reverse());
    return ids;
  };

  const followId = uuid();
  await database.transaction(async (transaction) => {
    await transaction.run(sql`UPDATE users SET visibility = 'private' WHERE id = ${closed}`);
    await transaction.run(sql`
      INSERT INTO follows (id, follower_id, followee_id, status, created_at)
      VALUES (${followId}, ${viewerId}, ${followed}, 'accepted', ${at})`);
    await transaction.run(sql`
      INSERT INTO follow_counts (user_id, followers, following)
      VALUES (${followed}, 1, 0), (${viewerId}, 0, 1)`);
    await transaction.run(sql`
      INSERT INTO blocks (id, blocker_id, blocked_id, created_at)
      VALUES (${uuid()}, ${blocker}, ${viewerId}, ${at})`);
  });
  const choose = (ids: string[]) =>
    database.transaction((transaction) =>
      transaction.run(
        sql`INSERT INTO chosen_followers (post_id, user_id, follow_id) VALUES ${join(
          ids.map((id) => sql`(${id}, ${viewerId}, ${followId})`),
        )}`,
      ),
    );

  await show(4, { author: open! });
  await choose(await show(4, { author: followed!, audience: 'chosen' }));
  await show(4, { author: viewerId, audience: 'chosen' });
  await write(10_500, { author: blocker! });
  await show(15, { author: followed!, audience: 'followers' });
  const [hidden] = await write(1_200, { author: closed! });
  await write(700, { author: open!, shared: hidden! });
  await show(4, { author: viewerId, audience: 'followers' });
  await write(1_200, { author: followed!, audience: 'chosen' });
  await write(300, { author: open!, audience: 'followers' });
  await write(300, { author: open!, audience: 'unlisted' });
  await write(300, { author: open!, isDeleted: true });
  await show(9, { author: open! });
  await write(300, { author: closed! });

  await database.transaction(async (transaction) => {
    for (const author of [viewerId, open!, closed!, followed!, blocker!])
      await app.get(PostHashtagsRepository).settlePortion(transaction, author, null, null);
  });
  // Chosen more often than one statement looks at, for posts without the hashtag.
  const elsewhere = await write(1_100, { author: followed!, audience: 'chosen' }, false);
  await database.transaction((transaction) =>
    transaction.run(sql`UPDATE posts SET content = 'Hm' WHERE id IN (${join(elsewhere)})`),
  );
  await choose(elsewhere);
  return visible;
}
