import type { AdminPerson } from '@echomate/contracts/admin.dto';
import type { Role } from '@echomate/contracts/users.dto';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { PASSWORD } from '../support/people.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();

const make = (by: Person, whom: Person, role: Role, password = PASSWORD) =>
  by.browser.put(`${API}/admin/people/${whom.id}/role`).send({ role, password });
const database = () => place.app.get(Database);
/** Only these are admins. */
const admins = async (...people: Person[]) => {
  await database().transaction(async (transaction) => {
    await transaction.run(sql`UPDATE users SET role = 'member'`);
    for (const { id } of people)
      await transaction.run(sql`UPDATE users SET role = 'admin' WHERE id = ${id}`);
  });
};
const roleOf = async ({ id }: Person) =>
  (await database().one<{ role: Role }>(sql`SELECT role FROM users WHERE id = ${id}`))!.role;
const countAdmins = async () =>
  Number(
    (await database().one<{ n: number }>(
      sql`SELECT count(*) AS n FROM users WHERE role = 'admin'`,
    ))!.n,
  );

describe('roles', () => {
  it('are changed by an admin with a password, hold at once, and the person is told', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    await admins(ada!);
    const wrong = await make(ada!, bruno!, 'admin', 'not the password').expect(400);
    expect(wrong.body.errors).toEqual([
      expect.objectContaining({ field: 'password', code: 'wrong-password' }),
    ]);
    expect(await roleOf(bruno!)).toBe('member');
    await bruno!.browser.get(`${API}/admin/site`).expect(403);

    await make(ada!, bruno!, 'admin').expect(204);
    const told = await place.app.mailAbout(bruno!.email, 'Your role has changed');
    expect(told.text).toContain("You're now an admin");
    await bruno!.browser.get(`${API}/admin/site`).expect(200);

    await make(ada!, bruno!, 'moderator').expect(204);
    const refused = await bruno!.browser.get(`${API}/admin/site`).expect(403);
    expect(refused.body.code).toBe('not-permitted');
    await make(bruno!, ada!, 'member').expect(403);
    await make(ada!, { ...bruno!, id: '01970000-0000-7000-8000-000000000000' }, 'admin').expect(
      404,
    );
  });

  it('leave one admin, whoever gives it up', async () => {
    const [ada, bruno] = await place.newPeople('Ada', 'Bruno');
    await admins(ada!);
    const { body } = await make(ada!, ada!, 'member').expect(409);
    expect(body.code).toBe('last-admin');
    const states = place.app.get(AccountStatesService);
    for (const [path, more] of [
      ['deactivation', {}],
      ['deletion', { groups: [] }],
    ] as const) {
      const proof = { password: PASSWORD, ...more };
      const { body } = await ada!.browser.post(`${API}/users/me/${path}`).send(proof).expect(409);
      expect(body.code).toBe('last-admin');
    }
    await make(ada!, bruno!, 'admin').expect(204);
    await states.deactivate(bruno!.id);
    // Who is not active looks after nothing.
    await make(ada!, ada!, 'member').expect(409);
    await database().transaction((transaction) =>
      states.restore(transaction, bruno!.id, 'deactivated'),
    );
    await make(ada!, ada!, 'member').expect(204);
    expect(await roleOf(ada!)).toBe('member');
  });

  it('leave one admin even when all of them go at once', async () => {
    for (let time = 0; time < 5; time++) {
      const [ada, bruno, chidi] = await place.newPeople('Ada', 'Bruno', 'Chidi');
      await admins(ada!, bruno!, chidi!);
      const outcomes = await Promise.allSettled([
        make(ada!, ada!, 'member').expect(204),
        make(bruno!, bruno!, 'member').expect(204),
        make(ada!, chidi!, 'moderator').expect(204),
        make(bruno!, ada!, 'member').expect(204),
        chidi!.browser
          .post(`${API}/users/me/deactivation`)
          .send({ password: PASSWORD })
          .expect(204),
      ]);
      expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
      const active = await database().one<{ n: number }>(sql`
        SELECT count(*) AS n FROM users u WHERE u.role = 'admin'
          AND NOT EXISTS (SELECT 1 FROM inactive_accounts i WHERE i.user_id = u.id)`);
      expect(Number(active!.n)).toBeGreaterThanOrEqual(1);
    }
  });

  it('are listed with everybody, found by name and by role', async () => {
    const [ada, bruno, chidi] = await place.newPeople('Ada', 'Brunolf', 'Chidi');
    await admins(ada!);
    await bruno!.browser.put(`${API}/users/me/blocks/${ada!.id}`).expect(204);
    await make(ada!, chidi!, 'moderator').expect(204);
    await place.app.get(AccountStatesService).deactivate(chidi!.id);
    const list = async (query: Record<string, string>): Promise<AdminPerson[]> =>
      (await ada!.browser.get(`${API}/admin/people`).query(query).expect(200)).body.items;
    expect(await list({ q: 'brunol' })).toEqual([
      expect.objectContaining({ id: bruno!.id, role: 'member', inactive: null, isYou: false }),
    ]);
    expect(await list({ role: 'moderator' })).toEqual([
      expect.objectContaining({ id: chidi!.id, inactive: 'deactivated' }),
    ]);
    expect(await list({ role: 'admin' })).toEqual([
      expect.objectContaining({ id: ada!.id, isYou: true }),
    ]);
    expect(await list({ q: 'nobodyatall' })).toEqual([]);
    const first = (await ada!.browser.get(`${API}/admin/people`).query({ limit: 2 })).body;
    expect(first.items.map(({ id }: AdminPerson) => id)).toEqual([chidi!.id, bruno!.id]);
    const next = await ada!.browser
      .get(`${API}/admin/people`)
      .query({ limit: 1, cursor: first.nextCursor });
    expect(next.body.items[0].id).toBe(ada!.id);
    expect(JSON.stringify(first)).not.toContain('@example.org');
    expect(await countAdmins()).toBe(1);
  });
});
