import type { Group, GroupDetails, GroupMember } from '@echomate/contracts/groups.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import type { Person } from './neighbourhood.js';
import { get } from './posts.js';
import { API, type TestApp } from './test-app.js';

export const found = async (who: Person, values: object = {}): Promise<GroupDetails> =>
  (
    await who.browser
      .post(`${API}/groups`)
      .send({ title: 'Beekeepers', ...values })
      .expect(201)
  ).body;

export const groupOf = (who: Person, { id }: { id: string }): Promise<GroupDetails> =>
  get(who, `groups/${id}`);

export const invite = (who: Person, { id }: { id: string }, ...people: Person[]) =>
  who.browser
    .post(`${API}/groups/${id}/invitations`)
    .send({ userIds: people.map((person) => person.id) });

export const ask = (who: Person, { id }: { id: string }, words?: string) =>
  who.browser.post(`${API}/groups/${id}/requests`).send({ words });

export const answer = (
  who: Person,
  { id }: { id: string },
  whom: Person,
  how: 'accept' | 'refuse',
) => who.browser.post(`${API}/groups/${id}/requests/${whom.id}/${how}`);

export const acceptInvitation = (who: Person, { id }: { id: string }) =>
  who.browser.post(`${API}/groups/${id}/invitation/accept`);

export const leave = (who: Person, { id }: { id: string }) =>
  who.browser.delete(`${API}/groups/${id}/members/me`);

/** They are in the group, each by the invitation of whoever leads it. */
export async function letIn(leader: Person, group: Group, ...people: Person[]): Promise<void> {
  for (const person of people) {
    await invite(leader, group, person).expect(200);
    await acceptInvitation(person, group).expect(204);
  }
}

export const membersOf = async (who: Person, { id }: { id: string }): Promise<GroupMember[]> =>
  (await get(who, `groups/${id}/members`)).items;

/** Counters must equal the rows they count, and every group that is there has one who leads it, after everything. */
export const expectGroupsToBeSound = async (app: TestApp): Promise<void> => {
  const wrong = await app.get(Database).many(sql`
    SELECT g.title FROM groups g WHERE g.deleted_at IS NULL AND (
      g.member_count <> (SELECT count(*) FROM memberships m WHERE m.group_id = g.id AND m.ended_at IS NULL AND m.is_counted)
      OR 1 <> (SELECT count(*) FROM memberships m WHERE m.group_id = g.id AND m.ended_at IS NULL
        AND m.role = 'creator' AND m.user_id = g.creator_id))
    UNION ALL
    SELECT g.title FROM groups g JOIN memberships m ON m.group_id = g.id AND m.ended_at IS NULL
    WHERE EXISTS (SELECT 1 FROM group_invitations i WHERE i.group_id = g.id AND i.user_id = m.user_id)
      OR EXISTS (SELECT 1 FROM group_requests r WHERE r.group_id = g.id AND r.user_id = m.user_id)`);
  expect(wrong).toEqual([]);
};
