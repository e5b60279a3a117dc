import { ModerationLogService } from '../../src/modules/moderation/moderation-log.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { claim, decide, reportedPost, settle, twoModerators } from '../support/moderation.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { run } from '../support/statements.js';

const place = neighbourhood();
const log = () => place.app.get(ModerationLogService);

let moderator: Person;
let other: Person;
beforeAll(async () => {
  [moderator, other] = await twoModerators(place);
});

const reported = (content: string) => reportedPost(place, moderator, content);

describe('the log', () => {
  it('takes no change and no removal of a row', async () => {
    const { found } = await reported('Logged');
    await settle(moderator, found, { decision: 'warn', words: 'A last warning.' });
    await expect(run(place.app, sql`UPDATE moderation_log SET action = 'dismiss'`)).rejects.toThrow(
      'only added to',
    );
    await expect(run(place.app, sql`DELETE FROM moderation_log`)).rejects.toThrow('only added to');
    const { rows, alteredAt } = await log().verify();
    expect(rows).toBeGreaterThan(0);
    expect(alteredAt).toBeNull();
  });

  it('stays one chain when many decide at once', async () => {
    const all = [];
    for (const text of ['one', 'two', 'three', 'four'])
      all.push(await reported(`At once: ${text}`));
    for (const [at, { found }] of all.entries())
      await claim(at % 2 ? moderator : other, found).expect(200);
    const before = (await log().verify()).rows;
    const sent = await Promise.all(
      all.map(({ found }, at) =>
        decide(at % 2 ? moderator : other, found, { decision: at < 2 ? 'warn' : 'remove' }),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await log().verify()).toEqual({ rows: before + 4, alteredAt: null });
  });

  it('names the first row that somebody altered past the triggers', async () => {
    const { rows } = await log().verify();
    const isPostgres =
      place.app.config.databaseUrl !== undefined && Boolean(place.app.config.databaseUrl);
    const row = rows - 1;
    const alter = sql`UPDATE moderation_log SET reason = 'other' WHERE position = ${row}`;
    const restore = sql`UPDATE moderation_log SET reason = 'spam' WHERE position = ${row}`;
    if (isPostgres) await run(place.app, sql`ALTER TABLE moderation_log DISABLE TRIGGER ALL`);
    else await run(place.app, sql`DROP TRIGGER moderation_log_no_update`);
    await run(place.app, alter);
    expect((await log().verify()).alteredAt).toBe(row);
    await run(place.app, restore);
    if (isPostgres) await run(place.app, sql`ALTER TABLE moderation_log ENABLE TRIGGER ALL`);
  });
});
