import { Injectable } from '@nestjs/common';
import type {
  InvitablePage,
  Invited,
  InviteRequest,
  ReceivedInvitationPage,
  SentInvitationPage,
  UnseenGroups,
  WaitingRequestPage,
} from '@echomate/contracts/groups.dto';
import type { PeopleQuery } from '@echomate/contracts/follows.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { v7 as uuid } from 'uuid';
import { Access } from '../../access/access.service.js';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { FollowListsService } from '../follows/follow-lists.service.js';
import { PeopleService } from '../follows/people.service.js';
import { UsersService } from '../users/users.service.js';
import { GroupInvited, GroupJoinRequested } from './groups.domain-events.js';
import { mayAskAgain, mayLead } from './groups.policy.js';
import { GroupsRepository } from './groups.repository.js';
import { GroupsService } from './groups.service.js';
import { JoiningRepository } from './joining.repository.js';
import { MembershipsRepository } from './memberships.repository.js';
import { MembershipsService } from './memberships.service.js';

const COUNTED = 100;

/** The two ways into a group, which meet: whoever is invited and asks is in. */
@Injectable()
export class JoiningService {
  constructor(
    private readonly repository: JoiningRepository,
    private readonly groupRows: GroupsRepository,
    private readonly membershipRows: MembershipsRepository,
    private readonly groups: GroupsService,
    private readonly members: MembershipsService,
    private readonly users: UsersService,
    private readonly people: PeopleService,
    private readonly lists: FollowListsService,
    private readonly access: Access,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  // ——— invitations

  /** Leaves out whoever is in, is invited already, or has declined within a day; nobody learns which. */
  async invite(
    viewerId: string,
    groupId: string,
    { userIds = [], words = null }: InviteRequest,
  ): Promise<Invited> {
    if (!userIds.length) throw invalidField('userIds', 'nobody-invited');
    return this.database.transaction(async (transaction) => {
      await this.members.of(transaction, groupId, viewerId);
      const visible = await this.access.visible(viewerId, 'card', userIds, transaction);
      if (visible.size < userIds.length) throw invalidField('userIds', 'people-not-available');
      const answer: Invited = { invited: 0, joined: 0 };
      const inside = await this.membershipRows.findAmong(transaction, groupId, userIds);
      // Whoever enters is locked, in this order everywhere.
      for (const userId of userIds.filter((id) => !inside.has(id)).sort()) {
        const outcome = await this.inviteOne(transaction, { groupId, userId, viewerId, words });
        if (outcome) answer[outcome]++;
      }
      return answer;
    });
  }

  private async inviteOne(
    transaction: Transaction,
    {
      groupId,
      userId,
      viewerId,
      words,
    }: { groupId: string; userId: string; viewerId: string; words: string | null },
  ): Promise<keyof Invited | null> {
    const request = await this.repository.findRequestRow(transaction, groupId, userId);
    if (request?.status === 'waiting') {
      await this.members.enter(transaction, groupId, userId, {
        role: 'member',
        byId: viewerId,
        how: 'accepted',
      });
      return 'joined';
    }
    const before = await this.repository.findInvitationRow(transaction, groupId, userId);
    if (before?.status === 'waiting') {
      // One whom the invited cannot see gives way.
      if (await this.access.canSee(userId, 'card', before.inviterId, transaction)) return null;
    } else if (before && !mayAskAgain(before.decidedAt!, new Date())) return null;
    if (before) await this.repository.deleteInvitation(transaction, before.id);
    await this.repository.insertInvitation(transaction, {
      id: uuid(),
      groupId,
      userId,
      inviterId: viewerId,
      words,
      status: 'waiting',
      createdAt: new Date().toISOString(),
      decidedAt: null,
    });
    await this.domainEvents.announce(transaction, new GroupInvited(groupId, userId, viewerId));
    return 'invited';
  }

  accept(viewerId: string, groupId: string): Promise<void> {
    return this.database.transaction(async (transaction) => {
      await this.existing(transaction, groupId);
      const invitation = await this.repository.findInvitation(viewerId, groupId, transaction);
      if (!invitation) {
        // Accepted a moment ago, in another tab.
        if (await this.membershipRows.find(transaction, groupId, viewerId)) return;
        throw notFound();
      }
      await this.members.enter(transaction, groupId, viewerId, {
        role: 'member',
        byId: invitation.inviterId,
        how: 'invited',
      });
    });
  }

  decline(viewerId: string, groupId: string): Promise<void> {
    return this.database.transaction(async (transaction) => {
      await this.existing(transaction, groupId);
      const invitation = await this.repository.findInvitation(viewerId, groupId, transaction);
      if (!invitation) throw notFound();
      await this.repository.decideInvitation(transaction, invitation.id, new Date().toISOString());
    });
  }

  /** By whoever sent it, or whoever leads the group. */
  withdrawInvitation(viewerId: string, groupId: string, userId: string): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const own = await this.members.of(transaction, groupId, viewerId);
      const invitation = await this.repository.findInvitationRow(transaction, groupId, userId);
      const mayWithdraw = mayLead(own.role) || invitation?.inviterId === viewerId;
      if (invitation?.status !== 'waiting' || !mayWithdraw) throw notFound();
      await this.repository.deleteInvitation(transaction, invitation.id);
    });
  }

  async received(viewerId: string, { cursor, limit }: PageQuery): Promise<ReceivedInvitationPage> {
    const rows = await this.repository.findReceived(viewerId, afterId(cursor), limit + 1);
    const [groups, cards] = await Promise.all([
      this.groups.byIds(
        viewerId,
        rows.map(({ groupId }) => groupId),
      ),
      this.users.cards(
        viewerId,
        rows.map(({ inviterId }) => inviterId),
      ),
    ]);
    return pageOf(rows, limit, ({ groupId, inviterId, words, createdAt }) => {
      const [group, inviter] = [groups.get(groupId), cards.get(inviterId)];
      return group && inviter && { group, inviter, words, invitedAt: createdAt };
    });
  }

  async sent(
    viewerId: string,
    groupId: string,
    { cursor, limit }: PageQuery,
  ): Promise<SentInvitationPage> {
    const { role } = await this.asMember(viewerId, groupId);
    const rows = await this.repository.findSent(
      viewerId,
      groupId,
      mayLead(role),
      afterId(cursor),
      limit + 1,
    );
    const [people, inviters] = await Promise.all([
      this.people.cards(
        viewerId,
        rows.map(({ userId }) => userId),
      ),
      this.users.cards(
        viewerId,
        rows.map(({ inviterId }) => inviterId),
      ),
    ]);
    return pageOf(rows, limit, ({ userId, inviterId, words, createdAt }) => {
      const [user, inviter] = [people.get(userId), inviters.get(inviterId)];
      return user && inviter && { user, inviter, words, invitedAt: createdAt };
    });
  }

  /** People to choose from: found by name, or whom the viewer follows. */
  async invitable(viewerId: string, groupId: string, query: PeopleQuery): Promise<InvitablePage> {
    await this.asMember(viewerId, groupId);
    const page = query.q?.trim()
      ? await this.lists.everyone(viewerId, query)
      : await this.lists.following(viewerId, viewerId, query);
    const ids = page.items.map(({ id }) => id);
    const [inside, invited] = await Promise.all([
      this.membershipRows.findAmong(this.database, groupId, ids),
      this.repository.findInvitedAmong(groupId, ids),
    ]);
    return {
      items: page.items
        .filter(({ id }) => !inside.has(id))
        .map((user) => ({ user, isInvited: invited.has(user.id) })),
      nextCursor: page.nextCursor,
    };
  }

  // ——— requests

  /** Whoever is invited is in at once. */
  async ask(viewerId: string, groupId: string, words: string | null): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.existing(transaction, groupId);
      if (await this.membershipRows.find(transaction, groupId, viewerId)) return;
      const invitation = await this.repository.findInvitation(viewerId, groupId, transaction);
      if (invitation) {
        await this.members.enter(transaction, groupId, viewerId, {
          role: 'member',
          byId: invitation.inviterId,
          how: 'invited',
        });
        return;
      }
      const before = await this.repository.findRequestRow(transaction, groupId, viewerId);
      if (before?.status === 'waiting') return;
      if (before && !mayAskAgain(before.decidedAt!, new Date())) throw refuse('asked-too-soon');
      if (before) await this.repository.deleteRequest(transaction, before.id);
      await this.repository.insertRequest(transaction, {
        id: uuid(),
        groupId,
        userId: viewerId,
        words,
        status: 'waiting',
        createdAt: new Date().toISOString(),
        decidedAt: null,
      });
      await this.domainEvents.announce(transaction, new GroupJoinRequested(groupId, viewerId));
    });
  }

  /** A refusal stays, so that withdrawing does not clear it. */
  withdraw(viewerId: string, groupId: string): Promise<void> {
    return this.database.transaction(async (transaction) => {
      await this.existing(transaction, groupId);
      const request = await this.repository.findRequestRow(transaction, groupId, viewerId);
      if (request?.status !== 'waiting') throw notFound();
      await this.repository.deleteRequest(transaction, request.id);
    });
  }

  async requests(
    viewerId: string,
    groupId: string,
    { cursor, limit }: PageQuery,
  ): Promise<WaitingRequestPage> {
    const { role } = await this.asMember(viewerId, groupId);
    if (!mayLead(role)) throw refuse('not-group-creator');
    const rows = await this.repository.findRequests(viewerId, groupId, afterId(cursor), limit + 1);
    const people = await this.people.cards(
      viewerId,
      rows.map(({ userId }) => userId),
    );
    return pageOf(rows, limit, ({ userId, words, createdAt }) => {
      const user = people.get(userId);
      return user && { user, words, requestedAt: createdAt };
    });
  }

  acceptRequest(viewerId: string, groupId: string, userId: string): Promise<void> {
    return this.answer(viewerId, groupId, userId, async (transaction) => {
      await this.members.enter(transaction, groupId, userId, {
        role: 'member',
        byId: viewerId,
        how: 'accepted',
      });
    });
  }

  refuseRequest(viewerId: string, groupId: string, userId: string): Promise<void> {
    return this.answer(viewerId, groupId, userId, (transaction, requestId) =>
      this.repository.decideRequest(transaction, requestId, new Date().toISOString()),
    );
  }

  unseen(viewerId: string): Promise<UnseenGroups> {
    return this.repository.countUnseen(viewerId, COUNTED);
  }

  // ———

  private answer(
    viewerId: string,
    groupId: string,
    userId: string,
    decide: (transaction: Transaction, requestId: string) => Promise<void>,
  ): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const own = await this.members.of(transaction, groupId, viewerId);
      if (!mayLead(own.role)) throw refuse('not-group-creator');
      const request = await this.repository.findRequestRow(transaction, groupId, userId);
      const canSee = await this.access.canSee(viewerId, 'card', userId, transaction);
      if (request?.status !== 'waiting' || !canSee) throw notFound();
      await decide(transaction, request.id);
    });
  }

  private async existing(transaction: Transaction, groupId: string): Promise<void> {
    await locks.group(transaction, groupId);
    const group = await this.groupRows.findRow(transaction, groupId);
    if (!group || group.deletedAt) throw notFound();
  }

  private async asMember(viewerId: string, groupId: string) {
    const row = await this.groupRows.find(viewerId, groupId);
    if (!row?.role) throw notFound();
    return row;
  }
}
