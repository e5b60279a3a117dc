import type { UserCard } from '@echomate/contracts/users.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { DomainEvents } from '../../src/platform/domain-events/domain-events.js';
import {
  FollowEnded,
  FollowRequested,
  FollowersGained,
} from '../../src/modules/follows/follows.domain-events.js';
import { follow, names, neighbourhood, profile, type Person } from '../support/neighbourhood.js';
import { insertFollow, insertPeople } from '../support/rows.js';
import { API } from '../support/test-app.js';
import { until } from '../support/until.js';

const here = neighbourhood();

describe('following', () => {
  it('a public person begins at once; following back makes friends', async () => {
    const [ada, bruno] = [await here.newPerson('Ada'), await here.newPerson('Bruno')];
    expect((await follow(ada, bruno).expect(200)).body).toEqual({
      status: 'accepted',
      askAgainAt: null,
    });
    expect((await follow(ada, bruno).expect(200)).body.status).toBe('accepted');
    expect((await profile(bruno, ada)).relation).toMatchObject({
      following: { status: 'none' },
      followedBy: 'accepted',
      isFriend: false,
    });
    await follow(bruno, ada).expect(200);
    expect((await profile(ada, bruno)).relation.isFriend).toBe(true);
    expect(await profile(ada, bruno)).toMatchObject({
      followerCount: 1,
      followingCount: 1,
      isOpen: true,
      isMe: false,
    });
  });

  it('a private person asks; declined, one waits a day, and withdrawing does not shorten it', async () => {
    const [ada, goran] = [
      await here.newPerson('Ada'),
      await here.newPerson('Goran', { visibility: 'private' }),
    ];
    expect((await follow(ada, goran).expect(200)).body.status).toBe('requested');
    expect((await profile(ada, goran)).isOpen).toBe(false);
    expect(
      names(
        (await goran.browser.get(`${API}/follow-requests`).expect(200)).body.items.map(
          ({ user }: { user: UserCard }) => user,
        ),
      ),
    ).toEqual(['Ada']);
    await goran.browser.post(`${API}/follow-requests/${ada.id}/decline`).expect(204);
    const refused = await follow(ada, goran).expect(409);
    expect(refused.body.type).toBe('urn:echomate:problem:conflict');
    await ada.browser.delete(`${API}/users/${goran.id}/follow`).expect(204);
    await follow(ada, goran).expect(409);
    const { askAgainAt, status } = (await profile(ada, goran)).relation.following;
    expect(status).toBe('declined');
    expect(Date.parse(askAgainAt!)).toBeGreaterThan(Date.now() + 23 * 3600_000);
    await here.app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(
          sql`UPDATE follows SET decided_at = ${new Date(Date.now() - 24.1 * 3600_000).toISOString()} WHERE status = 'declined'`,
        ),
      );
    expect((await follow(ada, goran).expect(200)).body.status).toBe('requested');
    await goran.browser.post(`${API}/follow-requests/${ada.id}/accept`).expect(204);
    expect((await profile(ada, goran)).isOpen).toBe(true);
    await goran.browser.post(`${API}/follow-requests/${ada.id}/accept`).expect(404);
  });

  it('oneself, nobody, or someone hidden is refused', async () => {
    const [ada, bruno] = [await here.newPerson('Ada'), await here.newPerson('Bruno')];
    await follow(ada, ada).expect(409);
    await ada.browser.put(`${API}/users/0190a1b2-0000-7000-8000-000000000000/follow`).expect(404);
    await ada.browser.put(`${API}/users/not-an-id/follow`).expect(404);
    await bruno.browser.put(`${API}/users/me/blocks/${ada.id}`).expect(204);
    await follow(ada, bruno).expect(404);
    await follow(bruno, ada).expect(404);
    await here.app.anyone().put(`${API}/users/${ada.id}/follow`).expect(401);
  });

  it('is announced after it is saved', async () => {
    const [ada, bruno, goran] = [
      await here.newPerson('Ada'),
      await here.newPerson('Bruno'),
      await here.newPerson('Goran', { visibility: 'private' }),
    ];
    const announced: object[] = [];
    for (const event of [FollowRequested, FollowersGained, FollowEnded]) {
      here.app
        .get(DomainEvents)
        .afterCommit<object>(event as never, 'test', (what) => void announced.push(what));
    }
    await follow(ada, bruno).expect(200);
    await follow(ada, goran).expect(200);
    await goran.browser.put(`${API}/users/me/privacy`).send({ visibility: 'public' }).expect(200);
    await goran.browser.delete(`${API}/followers/${ada.id}`).expect(204);
    expect(announced).toEqual([
      new FollowersGained(bruno.id, [ada.id], false),
      new FollowRequested(ada.id, goran.id),
      new FollowersGained(goran.id, [ada.id], true),
      new FollowEnded(ada.id, goran.id, goran.id),
    ]);
  });
});

describe('a declining that is taken back', () => {
  const requestsOf = async (one: Person) =>
    names(
      (await one.browser.get(`${API}/follow-requests`).expect(200)).body.items.map(
        ({ user }: { user: UserCard }) => user,
      ),
    );
  const answer = (one: Person, other: Person, what: string) =>
    one.browser.post(`${API}/follow-requests/${other.id}/${what}`);
  const unseen = async (one: Person) =>
    (await one.browser.get(`${API}/followers/unseen`).expect(200)).body.requests;

  /** Ada and then Bruno asked Goran, who declined Ada. */
  const declined = async () => {
    const [ada, bruno, goran] = [
      await here.newPerson('Ada'),
      await here.newPerson('Bruno'),
      await here.newPerson('Goran', { visibility: 'private' }),
    ];
    await follow(ada, goran).expect(200);
    await follow(bruno, goran).expect(200);
    await answer(goran, ada, 'decline').expect(204);
    return { ada, bruno, goran };
  };

  it('is a request again, where it was before, and nothing else has changed', async () => {
    const { ada, bruno, goran } = await declined();
    expect([await requestsOf(goran), await unseen(goran)]).toEqual([['Bruno'], 1]);
    await answer(goran, ada, 'restore').expect(204);
    expect([await requestsOf(goran), await unseen(goran)]).toEqual([['Bruno', 'Ada'], 2]);
    expect((await profile(ada, goran)).relation.following).toEqual({
      status: 'requested',
      askAgainAt: null,
    });
    expect((await profile(ada, goran)).isOpen).toBe(false);
    await answer(goran, ada, 'restore').expect(404);
    await answer(goran, ada, 'decline').expect(204);
    await answer(goran, ada, 'restore').expect(204);
    await answer(goran, ada, 'accept').expect(204);
    await answer(goran, ada, 'restore').expect(404);
    await answer(goran, bruno, 'restore').expect(404);
    expect((await profile(ada, goran)).isOpen).toBe(true);
  });

  it('is only for whoever declined, for ten minutes, while the profile is private', async () => {
    const { ada, bruno, goran } = await declined();
    await answer(ada, goran, 'restore').expect(404);
    await answer(bruno, ada, 'restore').expect(404);
    await here.app.anyone().post(`${API}/follow-requests/${ada.id}/restore`).expect(401);
    const decidedAgo = (minutes: number) =>
      here.app.get(Database).transaction((transaction) =>
        transaction.run(sql`
          UPDATE follows SET decided_at = ${new Date(Date.now() - minutes * 60_000).toISOString()}
          WHERE follower_id = ${ada.id} AND status = 'declined'`),
      );
    await decidedAgo(10.1);
    await answer(goran, ada, 'restore').expect(404);
    await decidedAgo(9);
    const setPrivacy = (visibility: string) =>
      goran.browser.put(`${API}/users/me/privacy`).send({ visibility }).expect(200);
    await setPrivacy('public');
    await answer(goran, ada, 'restore').expect(404);
    await setPrivacy('private');
    await answer(goran, ada, 'restore').expect(204);
  });

  it('stays declined towards somebody hidden', async () => {
    const { ada, goran } = await declined();
    await ada.browser.put(`${API}/users/me/blocks/${goran.id}`).expect(204);
    await answer(goran, ada, 'restore').expect(404);
    await ada.browser.delete(`${API}/users/me/blocks/${goran.id}`).expect(204);
    await answer(goran, ada, 'restore').expect(404);
    expect(await requestsOf(goran)).toEqual(['Bruno']);
  });
});

describe('at the same time', () => {
  it('restoring and declining again keep the count exact', async () => {
    const [ada, goran] = [
      await here.newPerson('Ada'),
      await here.newPerson('Goran', { visibility: 'private' }),
    ];
    await follow(ada, goran).expect(200);
    for (let round = 0; round < 8; round++) {
      const answers = await Promise.all(
        ['decline', 'restore', 'restore', 'decline'].map((what) =>
          goran.browser.post(`${API}/follow-requests/${ada.id}/${what}`),
        ),
      );
      for (const { status } of answers) expect([204, 404]).toContain(status);
      await here.expectCountsToEqualRows();
    }
  });

  it('two follows give one row', async () => {
    const [ada, bruno] = [await here.newPerson('Ada'), await here.newPerson('Bruno')];
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => follow(ada, bruno)));
    expect(outcomes.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await profile(ada, bruno)).followerCount).toBe(1);
  });

  it('accept and withdraw end in one clean state', async () => {
    const [ada, goran] = [
      await here.newPerson('Ada'),
      await here.newPerson('Goran', { visibility: 'private' }),
    ];
    for (let round = 0; round < 8; round++) {
      await follow(ada, goran).expect(200);
      const [accepted, withdrawn] = await Promise.all([
        goran.browser.post(`${API}/follow-requests/${ada.id}/accept`),
        ada.browser.delete(`${API}/users/${goran.id}/follow`),
      ]);
      expect(withdrawn.status).toBe(204);
      expect([204, 404]).toContain(accepted.status);
      expect((await profile(ada, goran)).relation.following.status).toBe('none');
      await here.expectCountsToEqualRows();
    }
  });

  it('asking and turning public never leave a request behind', async () => {
    const [ada, goran] = [
      await here.newPerson('Ada'),
      await here.newPerson('Goran', { visibility: 'private' }),
    ];
    for (let round = 0; round < 8; round++) {
      await Promise.all([
        follow(ada, goran),
        goran.browser.put(`${API}/users/me/privacy`).send({ visibility: 'public' }),
      ]);
      expect((await profile(ada, goran)).relation.following.status).toBe('accepted');
      await ada.browser.delete(`${API}/users/${goran.id}/follow`).expect(204);
      await goran.browser
        .put(`${API}/users/me/privacy`)
        .send({ visibility: 'private' })
        .expect(200);
    }
  });

  it('a hundred changes keep every count exact', async () => {
    const people = await Promise.all(
      ['Ada', 'Bruno', 'Chidi', 'Emil', 'Fumiko'].map((name) => here.newPerson(name)),
    );
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const who = people[index % 5]!;
        const whom = people[(index + 1 + (index % 4)) % 5]!;
        if (index % 7 === 3)
          return who.browser
            .put(`${API}/users/me/privacy`)
            .send({ visibility: index % 2 ? 'public' : 'private' });
        if (index % 11 === 5) return who.browser.delete(`${API}/users/${whom.id}/follow`);
        if (index % 13 === 7) return who.browser.put(`${API}/users/me/blocks/${whom.id}`);
        if (index % 13 === 8) return who.browser.delete(`${API}/users/me/blocks/${whom.id}`);
        return follow(who, whom);
      }),
    );
    expect(outcomes.filter(({ status }) => status >= 500)).toEqual([]);
    await here.expectCountsToEqualRows();
  });
});

describe('someone for whom hundreds wait', () => {
  const WAITING = 450;
  const statuses = async (followeeId: string) => {
    const rows = await here.app.get(Database).many<{ status: string; count: number }>(sql`
      SELECT status, count(*) AS count FROM follows WHERE followee_id = ${followeeId} GROUP BY status`);
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  };
  const waitedFor = async (firstName: string) => {
    const person = await here.newPerson(firstName, { visibility: 'private' });
    const database = here.app.get(Database);
    const people = await insertPeople(database, WAITING);
    await database.transaction(async (transaction) => {
      for (const id of people) await insertFollow(transaction, id, person.id, 'requested');
      await transaction.run(
        sql`INSERT INTO follow_counts (user_id, requests) VALUES (${person.id}, ${WAITING})`,
      );
    });
    return person;
  };
  const turn = (person: Person, visibility: string) =>
    person.browser.put(`${API}/users/me/privacy`).send({ visibility }).expect(200);
  const settled = () =>
    until('nobody waits any more', async () => {
      const left = await here.app
        .get(Database)
        .one(sql`SELECT id FROM jobs WHERE kind = 'follows.accept-waiting'`);
      return !left;
    });

  it('accepts all of them when turning public', async () => {
    const goran = await waitedFor('Goran');
    await turn(goran, 'public');
    await settled();
    expect(await statuses(goran.id)).toEqual({ accepted: WAITING });
    expect((await profile(goran, goran)).followerCount).toBe(WAITING);
  });

  it('accepts nobody more once they are private again', async () => {
    const goran = await waitedFor('Goran');
    await turn(goran, 'public');
    await turn(goran, 'private');
    const { accepted } = await statuses(goran.id);
    await settled();
    expect((await statuses(goran.id))['accepted']).toBe(accepted);
    await here.expectCountsToEqualRows();
  });
});
