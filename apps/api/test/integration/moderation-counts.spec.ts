import type { ModerationMonth } from '@echomate/contracts/moderation.dto';
import { sql } from '../../src/platform/database/statements.js';
import { caseOf, claim, decide, makeRole, report, settle, undo } from '../support/moderation.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { write } from '../support/posts.js';
import { run } from '../support/statements.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
let mona: Person;
let otto: Person;
beforeAll(async () => {
  [mona, otto] = (await place.newPeople('Mona', 'Otto')) as [Person, Person];
  for (const who of [mona, otto]) await makeRole(place.app, who, 'moderator');
});

const months = async (): Promise<ModerationMonth[]> =>
  (await place.app.anyone().get(`${API}/moderation/numbers`).expect(200)).body.months;
const NOTHING = {
  reports: 0,
  dismissed: 0,
  removed: 0,
  warned: 0,
  suspended: 0,
  appeals: 0,
  overturned: 0,
  daysToDecide: null,
};

async function reported(content: string) {
  const [ada, bruno] = (await place.newPeople('Ada', 'Bruno')) as [Person, Person];
  const post = await write(bruno, { content });
  await report(ada, 'post', post).expect(204);
  return { bruno, post, found: (await caseOf(mona, 'post', content))! };
}

it('counts reports, decisions and appeals for every visitor, and names nobody', async () => {
  expect(await months()).toEqual([]);
  const month = new Date().toISOString().slice(0, 7);
  const first = await reported('One');
  expect(await months()).toEqual([{ ...NOTHING, month, reports: 1 }]);
  await report(first.bruno, 'post', first.post).expect(409);
  await report(await place.newPerson('Chidi'), 'post', first.post).expect(204);

  // Of two who decide at once, one is counted.
  await claim(mona, first.found).expect(200);
  const answers = await Promise.all(
    [mona, mona].map((who) => decide(who, first.found, { decision: 'warn' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  await settle(mona, (await reported('Two')).found, { decision: 'dismiss' });
  const removed = await reported('Three');
  await settle(mona, removed.found, { decision: 'remove' });
  await undo(mona, removed.found).expect(200);
  const suspended = await reported('Four');
  await settle(mona, suspended.found, { decision: 'suspend', days: 1 });

  await first.bruno.browser
    .post(`${API}/decisions/${first.found.id}/appeal`)
    .send({ words: 'I was joking.' });
  await claim(otto, first.found).expect(200);
  await otto.browser
    .put(`${API}/moderation/cases/${first.found.id}/appeal`)
    .send({ outcome: 'overturned', words: 'So it was.' })
    .expect(200);
  const decided = { dismissed: 1, removed: 1, warned: 1, suspended: 1, daysToDecide: 0 };
  expect(await months()).toEqual([{ month, reports: 5, ...decided, appeals: 1, overturned: 1 }]);
});

it('tells how many days a decision took on average, of the last twelve months', async () => {
  await run(place.app, sql`DELETE FROM moderation_counts`);
  const values = Array.from({ length: 14 }, (_, month) => `20${10 + month}-01`);
  for (const month of values)
    await run(
      place.app,
      sql`INSERT INTO moderation_counts (month, warned, removed, minutes_to_decide) VALUES (${month}, 1, 1, 2880)`,
    );
  const found = await months();
  expect(found.map(({ month }) => month)).toEqual(values.toReversed().slice(0, 12));
  expect(found[0]).toMatchObject({ warned: 1, removed: 1, daysToDecide: 1 });
});
