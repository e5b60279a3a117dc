import type { Case, CaseRow, ReportedKind } from '@echomate/contracts/moderation.dto';
import type { Role } from '@echomate/contracts/users.dto';
import { ModerationLogService } from '../../src/modules/moderation/moderation-log.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { follow, type neighbourhood, type Person } from './neighbourhood.js';
import { expectCountsOfPosts, write } from './posts.js';
import { API, type TestApp } from './test-app.js';

export async function makeRole(app: TestApp, { id }: Person, role: Role): Promise<void> {
  await app
    .get(Database)
    .transaction((transaction) =>
      transaction.run(sql`UPDATE users SET role = ${role} WHERE id = ${id}`),
    );
}

export const report = (
  who: Person,
  kind: ReportedKind,
  { id }: { id: string },
  values: object = {},
) => who.browser.post(`${API}/reports`).send({ kind, id, reason: 'spam', ...values });

export const cases = async (who: Person, query = 'limit=100'): Promise<CaseRow[]> =>
  (await who.browser.get(`${API}/moderation/cases?${query}`).expect(200)).body.items;

/** The open case about a thing, as this moderator finds it; the newest, as tests report one thing after the other. */
export async function caseOf(
  who: Person,
  kind: ReportedKind,
  excerpt: string,
): Promise<Case | undefined> {
  const row = (await cases(who)).findLast(
    (one) => one.kind === kind && one.excerpt.includes(excerpt),
  );
  if (!row) return undefined;
  return (await who.browser.get(`${API}/moderation/cases/${row.id}`).expect(200)).body;
}

export const claim = (who: Person, { id }: { id: string }) =>
  who.browser.put(`${API}/moderation/cases/${id}/claim`);

export const decide = (who: Person, { id }: { id: string }, values: object) =>
  who.browser
    .put(`${API}/moderation/cases/${id}/decision`)
    .send({ reason: 'spam', words: 'Please stop that.', ...values });

/** Claims and decides. */
export async function settle(who: Person, one: { id: string }, values: object): Promise<Case> {
  await claim(who, one).expect(200);
  return (await decide(who, one, values).expect(200)).body;
}

export const undo = (who: Person, { id }: { id: string }) =>
  who.browser.post(`${API}/moderation/cases/${id}/undo`);

export async function twoModerators(
  place: ReturnType<typeof neighbourhood>,
): Promise<[Person, Person]> {
  const [mona, otto] = (await place.newPeople('Mona', 'Otto')) as [Person, Person];
  for (const who of [mona, otto]) await makeRole(place.app, who, 'moderator');
  return [mona, otto];
}

/** A post of Bruno's that Ada has reported. */
export async function reportedPost(
  place: ReturnType<typeof neighbourhood>,
  moderator: Person,
  content: string,
  values: object = {},
) {
  const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
  await follow(ada, bruno).expect(200);
  const post = await write(bruno, { content, ...values });
  await report(ada, 'post', post).expect(204);
  const found = (await caseOf(moderator, 'post', content))!;
  return { ada, bruno, post, found };
}

/** Counters equal the rows they count, and the log is as it was written, after everything. */
export const expectModerationToBeSound = async (app: TestApp): Promise<void> => {
  await expectCountsOfPosts(app);
  expect((await app.get(ModerationLogService).verify()).alteredAt).toBeNull();
};
