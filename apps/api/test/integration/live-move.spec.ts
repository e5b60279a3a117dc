import { openFront } from '@echomate/testing/front';
import { crowdOfTwos, PAIRS, writeAndCompare } from '../support/live-crowd.js';
import { LivePage } from '../support/live-page.js';
import { describeWithRedis } from '../support/redis.js';
import { ServerToKill } from '../support/server-to-kill.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

describeWithRedis('of two processes, when one is killed', (REDIS_URL) => {
  it('its people move to the other, amid 500 messages a second, and nothing is lost', async () => {
    const database = await createTestDatabase();
    const twos = await crowdOfTwos(database, PAIRS);
    const settings = { ...database.environment, REDIS_URL };
    const servers = [await ServerToKill.start(settings), await ServerToKill.start(settings)];
    const ports = servers.map(({ port }) => port);
    const fronts = [await openFront(ports), await openFront(ports.toReversed())];
    const pages = twos.flatMap(({ people, conversationId }) =>
      people.map((person, at) => new LivePage(fronts[at]!.url, person, conversationId)),
    );
    try {
      await until('all are connected', () => pages.every(({ isConnected }) => isConnected));
      await writeAndCompare(pages, () => servers[0]!.kill());
      expect(pages.filter(({ cuts }) => cuts > 0)).toHaveLength(PAIRS);
      await until('all are told to catch up', () => pages.every(({ missed }) => missed > 0));
    } finally {
      for (const page of pages) page.close();
      for (const front of fronts) front.close();
      for (const server of servers) await server.kill();
      await database.remove();
    }
  });
});
