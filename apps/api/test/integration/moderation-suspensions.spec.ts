import { SuspensionsService } from '../../src/modules/moderation/suspensions.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import {
  caseOf,
  expectModerationToBeSound,
  report,
  reportedPost,
  settle,
  twoModerators,
  undo,
} from '../support/moderation.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { PASSWORD } from '../support/people.js';
import { write } from '../support/posts.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const place = neighbourhood();
let moderator: Person;
let other: Person;
beforeAll(async () => {
  [moderator, other] = await twoModerators(place);
});
afterEach(() => expectModerationToBeSound(place.app));

const reported = (content: string) => reportedPost(place, moderator, content);

const tryToLogIn = ({ email }: Person) =>
  place.app.browser().post(`${API}/auth/login`).send({ email, password: PASSWORD });

describe('a decision', () => {
  it('suspends at once, until it is over, and does not shorten a longer suspension', async () => {
    const { ada, bruno, found } = await reported('Suspended for this');
    await settle(moderator, found, { decision: 'suspend', days: 7 });
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(404);
    await until('the session has ended', async () => {
      const { status } = await bruno.browser.get(`${API}/users/me`);
      return status === 401;
    });
    expect((await tryToLogIn(bruno)).body.code).toBe('account-suspended');
    const suspensions = place.app.get(SuspensionsService);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    await place.app
      .get(Database)
      .transaction((transaction) =>
        suspensions.suspend(transaction, bruno.id, found.id, inDays(1).toISOString()),
      );
    await suspensions.endDue(inDays(6));
    expect((await tryToLogIn(bruno)).body.code).toBe('account-suspended');
    await suspensions.endDue(inDays(8));
    await tryToLogIn(bruno).expect(200);
    await ada.browser.get(`${API}/users/${bruno.id}`).expect(200);
    expect((await undo(moderator, found).expect(409)).body.code).toBe('nothing-to-undo');
  });

  it('suspends for good, and lets in again', async () => {
    const { bruno, found } = await reported('Suspended for good');
    const { ruling } = await settle(moderator, found, { decision: 'suspend' });
    expect(ruling).toMatchObject({ endsAt: null, canUndo: true });
    await place.app.get(SuspensionsService).endDue(new Date('2999-01-01'));
    expect((await tryToLogIn(bruno)).body.code).toBe('account-suspended');
    await undo(other, found).expect(200);
    await tryToLogIn(bruno).expect(200);
  });

  it('keeps somebody out as long as one of their suspensions holds, whichever is undone', async () => {
    const { ada, bruno, found: short } = await reported('Suspended shortly');
    const second = await write(bruno, { content: 'Suspended longer' });
    const third = await write(bruno, { content: 'Suspended briefly' });
    await report(ada, 'post', second).expect(204);
    await report(ada, 'post', third).expect(204);
    const long = (await caseOf(moderator, 'post', 'Suspended longer'))!;
    const brief = (await caseOf(moderator, 'post', 'Suspended briefly'))!;
    await settle(moderator, short, { decision: 'suspend', days: 7 });
    await settle(moderator, long, { decision: 'suspend' });
    await settle(moderator, brief, { decision: 'suspend', days: 1 });
    await undo(moderator, long).expect(200);
    expect((await tryToLogIn(bruno)).body.code).toBe('account-suspended');
    // One that others outlast can be taken back as well, and does not come back.
    await undo(moderator, brief).expect(200);
    expect((await tryToLogIn(bruno)).body.code).toBe('account-suspended');
    await undo(moderator, short).expect(200);
    expect((await tryToLogIn(bruno)).body.code).toBeUndefined();
    await undo(moderator, short).expect(409);
  });
});
