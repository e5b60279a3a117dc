import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  GroupMemberPage,
  GroupRole,
  MembershipsQuery,
  PastMembershipPage,
} from '@echomate/contracts/groups.dto';
import type { PeopleQuery } from '@echomate/contracts/follows.dto';
import { v7 as uuid } from 'uuid';
import { Access } from '../../access/access.service.js';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { PeopleService } from '../follows/people.service.js';
import { AccountStatesService } from '../users/account-states.service.js';
import { AccountStateChanged } from '../users/users.domain-events.js';
import { UsersService } from '../users/users.service.js';
import type { Membership } from './entities/membership.entity.js';
import { GroupHandedOver, GroupJoined, MembershipEnded } from './groups.domain-events.js';
import { mayLead, mayRemove } from './groups.policy.js';
import { GroupsRepository } from './groups.repository.js';
import { JoiningRepository } from './joining.repository.js';
import { MembershipsRepository } from './memberships.repository.js';

/** Who is in a group. Every change holds the group's lock, and its counter changes with the rows. */
@Injectable()
export class MembershipsService implements OnModuleInit {
  constructor(
    private readonly repository: MembershipsRepository,
    private readonly groups: GroupsRepository,
    private readonly joining: JoiningRepository,
    private readonly users: UsersService,
    private readonly people: PeopleService,
    private readonly accounts: AccountStatesService,
    private readonly access: Access,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.domainEvents.durably([AccountStateChanged], 'groups.recount', ({ userId }) =>
      this.recount(userId),
    );
  }

  async members(
    viewerId: string,
    groupId: string,
    { q = '', cursor, limit }: PeopleQuery,
  ): Promise<GroupMemberPage> {
    if (!(await this.access.canSee(viewerId, 'inside', groupId))) throw notFound();
    const before = afterId(cursor);
    const rows = q.trim()
      ? await this.found(viewerId, groupId, q, before, limit + 1)
      : await this.repository.findMembers(viewerId, groupId, before, limit + 1);
    const cards = await this.people.cards(
      viewerId,
      rows.map(({ userId }) => userId),
    );
    return pageOf(rows, limit, ({ userId, role, joinedAt }) => {
      const user = cards.get(userId);
      return user && { user, role, joinedAt };
    });
  }

  private async found(
    viewerId: string,
    groupId: string,
    question: string,
    before: string | null,
    limit: number,
  ) {
    const list = this.repository.listOf(viewerId, groupId);
    const people = await this.users.findPeople({ viewerId, question, before, limit }, list);
    const rows = await this.repository.findByIds(people.map(({ id }) => id));
    return rows.sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  /** The viewer's own times in groups. */
  async history(
    viewerId: string,
    { past, cursor, limit }: MembershipsQuery,
  ): Promise<PastMembershipPage> {
    const before = afterId(cursor);
    const rows = await this.repository.findHistory(viewerId, { past, before, limit: limit + 1 });
    return pageOf(rows, limit, ({ id, groupId, title, role, joinedAt, endedAt, endedBy }) => ({
      id,
      group: title === null ? null : { id: groupId, title },
      role,
      joinedAt,
      endedAt,
      endedBy,
    }));
  }

  leave(viewerId: string, groupId: string): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const own = await this.of(transaction, groupId, viewerId);
      if (mayLead(own.role)) throw refuse('hand-over-first');
      await this.end(transaction, own, 'left');
    });
  }

  remove(viewerId: string, groupId: string, userId: string): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const own = await this.of(transaction, groupId, viewerId);
      if (!mayRemove(viewerId, userId, own.role)) throw refuse('not-group-creator');
      const member = await this.repository.find(transaction, groupId, userId);
      if (!member) throw notFound();
      await this.end(transaction, member, 'removed');
    });
  }

  handOver(viewerId: string, groupId: string, userId: string): Promise<void> {
    return this.database.transaction((transaction) =>
      this.handOverIn(transaction, viewerId, groupId, userId, 'userId'),
    );
  }

  // ——— for other modules

  /** Who is in a group, in a fixed order: for those who ask the rule about each of them. */
  some(
    groupId: string,
    after: string | null,
    limit: number,
  ): Promise<{ id: string; userId: string }[]> {
    return this.repository.findSome(groupId, after, limit);
  }

  /** Takes the group's lock. */
  async handOverIn(
    transaction: Transaction,
    viewerId: string,
    groupId: string,
    userId: string,
    field: string,
  ): Promise<void> {
    const own = await this.of(transaction, groupId, viewerId);
    if (!mayLead(own.role)) throw refuse('not-group-creator');
    const next = await this.repository.find(transaction, groupId, userId);
    const canSee = await this.access.canSee(viewerId, 'card', userId, transaction);
    if (!next || !canSee || userId === viewerId) throw invalidField(field, 'not-a-member');
    await this.pass(transaction, own, next);
  }

  // ——— for this module; the caller holds the group's lock

  async enter(
    transaction: Transaction,
    groupId: string,
    userId: string,
    { role, byId, how }: { role: GroupRole; byId: string | null; how: GroupJoined['how'] },
  ): Promise<void> {
    // Whether it counts rests on the account, which must not change until this is saved.
    await locks.users(transaction, userId);
    const isCounted = await this.accounts.isActive(transaction, userId);
    await this.repository.insert(transaction, {
      id: uuid(),
      groupId,
      userId,
      role,
      isCounted,
      joinedAt: new Date().toISOString(),
      endedAt: null,
      endedBy: null,
    });
    if (isCounted) await this.groups.addMembers(transaction, groupId, 1);
    await this.joining.deleteBoth(transaction, groupId, userId);
    await this.domainEvents.announce(transaction, new GroupJoined(groupId, userId, byId, how));
  }

  /** The membership of somebody in a group that is there; takes the group's lock. */
  async of(transaction: Transaction, groupId: string, userId: string): Promise<Membership> {
    await locks.group(transaction, groupId);
    const group = await this.groups.findRow(transaction, groupId);
    const own =
      group && !group.deletedAt ? await this.repository.find(transaction, groupId, userId) : null;
    if (!own) throw notFound();
    return own;
  }

  /** Whoever has been in longest leads after somebody whose account goes; returns whether there is anyone. */
  async succeed(transaction: Transaction, groupId: string, userId: string): Promise<boolean> {
    const own = await this.repository.find(transaction, groupId, userId);
    const nextId = await this.repository.findSuccessor(transaction, groupId, userId);
    const next = nextId && (await this.repository.find(transaction, groupId, nextId));
    if (!own || !next) return false;
    await this.pass(transaction, own, next);
    return true;
  }

  private async pass(transaction: Transaction, from: Membership, to: Membership): Promise<void> {
    await this.repository.update(transaction, from.id, { role: 'member' });
    await this.repository.update(transaction, to.id, { role: 'creator' });
    await this.groups.update(transaction, to.groupId, { creatorId: to.userId });
    await this.domainEvents.announce(
      transaction,
      new GroupHandedOver(to.groupId, from.userId, to.userId),
    );
  }

  /** What somebody is writing in the group is saved before, or refused. */
  private async end(
    transaction: Transaction,
    { id, groupId, userId, isCounted }: Membership,
    endedBy: 'left' | 'removed',
  ): Promise<void> {
    await locks.membership(transaction, groupId, userId);
    await this.repository.update(transaction, id, { endedAt: new Date().toISOString(), endedBy });
    if (isCounted) await this.groups.addMembers(transaction, groupId, -1);
    await this.joining.deleteSentBy(transaction, groupId, userId);
    await this.domainEvents.announce(transaction, new MembershipEnded(groupId, userId, endedBy));
  }

  /** Computed from the current state, so it may run any number of times and in any order. */
  async recount(userId: string): Promise<void> {
    await inPortionsOfIds(
      (after, limit) => this.repository.findIdsOf(userId, after, limit),
      async (ids) => {
        for (const id of ids)
          await this.database.transaction(async (transaction) => {
            const found = await this.repository.findRow(transaction, id);
            if (!found) return;
            await locks.group(transaction, found.groupId);
            const row = await this.repository.findRow(transaction, id);
            const isCounted = await this.accounts.isActive(transaction, userId);
            if (!row || Boolean(row.isCounted) === isCounted) return;
            await this.repository.update(transaction, id, { isCounted });
            if (row.endedAt === null)
              await this.groups.addMembers(transaction, row.groupId, isCounted ? 1 : -1);
          });
      },
    );
  }
}
