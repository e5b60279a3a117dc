import type { InsightRange, InsightSettings, Insights } from '@echomate/contracts/insights.dto';
import { SiteCountingService } from '../../src/modules/insights/site-counting.service.js';
import { VisitCountingService } from '../../src/modules/insights/visit-counting.service.js';
import type { Person } from './neighbourhood.js';
import { get } from './posts.js';
import { API, type TestApp } from './test-app.js';

/** What was looked at so far is in the numbers. */
export const counted = async (app: TestApp): Promise<void> => {
  await app.get(VisitCountingService).count();
  await app.get(SiteCountingService).note();
};

export const insightsOf = (who: Person, range: InsightRange = 'week'): Promise<Insights> =>
  get(who, `insights?range=${range}`);

export const reachOf = async (who: Person, { id }: { id: string }) =>
  (await get(who, `posts/${id}/insights`)).reach;

export const look = (who: Person, ...posts: { id: string }[]) =>
  Promise.all(posts.map(({ id }) => who.browser.get(`${API}/posts/${id}`).expect(200)));

export const tell = (who: Person, visits: { postIds?: string[]; personId?: string }) =>
  who.browser.post(`${API}/visits`).send(visits);

export const visitProfile = (who: Person, whom: Person) =>
  tell(who, { personId: whom.id }).expect(204);

export const choose = async (
  who: Person,
  changes: Partial<InsightSettings>,
): Promise<InsightSettings> =>
  (await who.browser.patch(`${API}/insights/settings`).send(changes).expect(200)).body;
