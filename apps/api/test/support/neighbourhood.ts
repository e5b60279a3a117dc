import type { Profile } from '@echomate/contracts/profiles.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { signUp } from './people.js';
import { API, type TestApp } from './test-app.js';
import { startTown } from './two-processes.js';

export interface Person {
  browser: Awaited<ReturnType<typeof signUp>>;
  id: string;
  email: string;
}

let count = 0;

/** An api with people in it who can follow each other. After every test their counts must equal their rows. */
export function neighbourhood(settings: Record<string, string> = {}) {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTown(settings);
  });
  afterAll(() => app.close());
  afterEach(() => expectCountsToEqualRows());

  const expectCountsToEqualRows = async () => {
    const wrong = await app.get(Database).many(sql`
      SELECT u.first_name FROM users u LEFT JOIN follow_counts c ON c.user_id = u.id
      WHERE COALESCE(c.followers, 0) <> (SELECT count(*) FROM follows f WHERE f.followee_id = u.id AND f.status = 'accepted' AND f.is_counted)
        OR COALESCE(c.following, 0) <> (SELECT count(*) FROM follows f WHERE f.follower_id = u.id AND f.status = 'accepted' AND f.is_counted)
        OR COALESCE(c.requests, 0) <> (SELECT count(*) FROM follows f WHERE f.followee_id = u.id AND f.status = 'requested' AND f.is_counted)`);
    expect(wrong).toEqual([]);
  };

  const newPerson = async (
    firstName: string,
    values: Record<string, unknown> = {},
  ): Promise<Person> => {
    const email = `${firstName
      .normalize('NFKD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase()}${count++}@example.org`;
    const browser = await signUp(app, { email, firstName, ...values });
    const { body } = await browser.get(`${API}/users/me`).expect(200);
    return { browser, id: body.id, email };
  };

  return {
    get app() {
      return app;
    },
    expectCountsToEqualRows,
    newPerson,
    async newPeople(...firstNames: string[]): Promise<Person[]> {
      const people: Person[] = [];
      for (const firstName of firstNames) people.push(await newPerson(firstName));
      return people;
    },
  };
}

export const follow = (who: Person, whom: Person) =>
  who.browser.put(`${API}/users/${whom.id}/follow`);

export const profile = async (who: Person, whom: Person): Promise<Profile> =>
  (await who.browser.get(`${API}/users/${whom.id}`).expect(200)).body;

export const names = (cards: UserCard[]) => cards.map(({ firstName }) => firstName);

export const list = async (who: Person, path: string): Promise<UserCard[]> =>
  (await who.browser.get(`${API}/${path}`).expect(200)).body.items;
