import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { found, letIn } from './groups.js';
import { exportOf } from './imports.js';
import { follow, type neighbourhood } from './neighbourhood.js';
import { get, listsSettled, upload, write } from './posts.js';
import { put } from './profile-pictures.js';
import { API } from './test-app.js';

/** When the oldest post was written. */
export const JUNE = '2024-06-01T10:00:00.000Z';

/** Everything that an archive can hold, of somebody with friends, pictures and groups. */
export async function archivedLife(there: ReturnType<typeof neighbourhood>) {
  const [ada, bruno] = await there.newPeople('Ada', 'Bruno');
  await ada!.browser
    .patch(`${API}/users/me`)
    .send({ nickname: 'Bee', about: 'Keeps bees.' })
    .expect(200);
  await put(ada!, 'avatar').expect(200);
  await put(ada!, 'banner').expect(200);
  await follow(ada!, bruno!).expect(200);
  await follow(bruno!, ada!).expect(200);
  const bees = await found(ada!, {
    title: 'Bees',
    description: 'Honey',
    bannerId: await upload(ada!),
  });
  const choir = await found(bruno!, { title: 'Choir' });
  await letIn(bruno!, choir, ada!);
  const photo = await upload(ada!);
  await ada!.browser.patch(`${API}/media/${photo}`).send({ alt: 'A jar' }).expect(200);
  const handle = (await get(bruno!, 'users/me')).handle as string;
  const own = (await get(ada!, 'users/me')).handle as string;
  const first = await write(ada!, {
    title: 'Honey',
    content: `First #honey with @${handle}, and me: @${own}`,
    mediaIds: [photo],
  });
  await write(ada!, { content: 'Followers', audience: 'followers' });
  await write(ada!, { content: 'Unlisted', audience: 'unlisted' });
  await write(ada!, { content: 'Mine', audience: 'me' });
  await write(ada!, { content: 'Chosen', audience: 'chosen', chosenUserIds: [bruno!.id] });
  await write(ada!, { content: 'In bees', audience: 'group', groupId: bees.id });
  await write(ada!, { content: 'In choir', audience: 'group', groupId: choir.id });
  const brunos = await write(bruno!, { content: 'Of Bruno' });
  for (const [id, content] of [
    [first.id, 'Still good'],
    [brunos.id, 'Well said'],
    [brunos.id, ''],
  ])
    await ada!.browser
      .post(`${API}/posts/${id}/share`)
      .send({ audience: 'public', content })
      .expect(201);
  await there.app
    .get(Database)
    .transaction((transaction) =>
      transaction.run(sql`UPDATE posts SET created_at = ${JUNE} WHERE id = ${first.id}`),
    );
  await listsSettled(there.app);
  return { ada: ada!, archive: await exportOf(ada!) };
}
