import { API, startTestApp } from './test-app.js';
import type { TestDatabase } from './test-database.js';
import type { LivePerson } from './live-page.js';
import { somebody } from './sockets.js';

/** People in twos, each two with a conversation, in a database that servers start on afterwards. */
export async function crowdOfTwos(database: TestDatabase, twos: number) {
  const app = await startTestApp({}, undefined, database);
  const pairs: { people: [LivePerson, LivePerson]; conversationId: string }[] = [];
  for (let at = 0; at < twos; at++) {
    const one = await somebody(app, `one.${at}@example.org`);
    const other = await somebody(app, `other.${at}@example.org`);
    await one.browser.put(`${API}/users/${other.id}/follow`).expect(200);
    const { body } = await one.browser.post(`${API}/conversations`).send({ userId: other.id });
    pairs.push({ people: [one, other], conversationId: body.id as string });
  }
  await app.app.close();
  return pairs;
}
