import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  CreateGroupRequest,
  Group,
  GroupDetails,
  GroupPage,
  GroupsQuery,
  UpdateGroupRequest,
} from '@echomate/contracts/groups.dto';
import { LIMITS } from '@echomate/contracts/limits';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { VisibleCounts } from '../../access/visible-counts.service.js';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { LAST_ID } from '../../platform/database/ids.js';
import type { Reader, Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId, badCursor, pageOf } from '../../platform/http/paging.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import { Idempotency } from '../../platform/idempotency/idempotency.service.js';
import { endOf } from '../../platform/periods.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { searchTextOf } from '../../platform/search-words.js';
import { MediaService } from '../media/media.service.js';
import { UsersService } from '../users/users.service.js';
import type { Group as GroupEntity } from './entities/group.entity.js';
import {
  GroupChanged,
  GroupCreated,
  GroupDeleted,
  GroupRestored,
  GroupWiped,
} from './groups.domain-events.js';
import { toGroup } from './groups.mapper.js';
import { mayBeRestored, mayLead } from './groups.policy.js';
import { GroupsRepository, type GroupRow, type SizeCursor } from './groups.repository.js';
import { JoiningRepository } from './joining.repository.js';
import { MembershipsRepository } from './memberships.repository.js';
import { MembershipsService } from './memberships.service.js';

const WIPE = 'groups.wipe';
const REQUESTS_COUNTED = 100;
const LARGEST: SizeCursor = { memberCount: 2 ** 31 - 1, id: LAST_ID };

/** Groups as everyone may see them, and what their creators do with them. */
@Injectable()
export class GroupsService implements OnModuleInit {
  constructor(
    private readonly repository: GroupsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly joining: JoiningRepository,
    private readonly members: MembershipsService,
    private readonly users: UsersService,
    private readonly media: MediaService,
    private readonly counts: VisibleCounts,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly domainEvents: DomainEvents,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ groupId: string }>(WIPE, ({ groupId }) => this.wipe(groupId));
  }

  // ——— reading

  async group(viewerId: string, id: string): Promise<GroupDetails> {
    const row = await this.repository.find(viewerId, id);
    if (!row) throw notFound();
    const [[group], inside, invitation] = await Promise.all([
      this.groups(viewerId, [row]),
      row.role === null ? null : this.repository.findInside(viewerId, id),
      row.role === null ? this.joining.findInvitation(viewerId, id) : null,
    ]);
    const people = [inside?.creatorId, invitation?.inviterId].filter((one) => one != null);
    const cards = await this.users.cards(viewerId, people);
    const inviter = invitation && cards.get(invitation.inviterId);
    return {
      ...group!,
      invitation: inviter
        ? { inviter, words: invitation.words, invitedAt: invitation.createdAt }
        : null,
      inside: inside && {
        creator: cards.get(inside.creatorId) ?? null,
        createdAt: inside.createdAt,
        requestCount: mayLead(row.role)
          ? await this.joining.countRequests(viewerId, id, REQUESTS_COUNTED)
          : null,
      },
    };
  }

  /** The largest first, or the newest that match. */
  async list(viewerId: string, { q = '', cursor, limit }: GroupsQuery): Promise<GroupPage> {
    if (q.trim()) {
      const rows = await this.repository.search(viewerId, q, afterId(cursor), limit + 1);
      return this.pageOf(viewerId, rows, limit, ({ id }) => id);
    }
    const rows = await this.repository.findLargest(viewerId, sizeCursor(cursor), limit + 1);
    return this.pageOf(viewerId, rows, limit, ({ memberCount, id }) => `${memberCount}.${id}`);
  }

  /** The viewer's own, those joined last first. */
  async own(viewerId: string, { cursor, limit }: PageQuery): Promise<GroupPage> {
    const rows = await this.repository.findOwn(viewerId, afterId(cursor), limit + 1);
    const groups = await this.byIds(
      viewerId,
      rows.map(({ groupId }) => groupId),
    );
    return pageOf(rows, limit, ({ groupId }) => groups.get(groupId));
  }

  /** Those of these that are there, by id. */
  async byIds(viewerId: string, ids: string[]): Promise<Map<string, Group>> {
    const rows = await this.repository.findByIds(viewerId, ids);
    return new Map((await this.groups(viewerId, rows)).map((group) => [group.id, group]));
  }

  private async pageOf(
    viewerId: string,
    rows: GroupRow[],
    limit: number,
    cursorOf: (row: GroupRow) => string,
  ): Promise<GroupPage> {
    const shown = rows.slice(0, limit);
    return {
      items: await this.groups(viewerId, shown),
      nextCursor: rows.length > limit ? cursorOf(shown.at(-1)!) : null,
    };
  }

  private async groups(viewerId: string, rows: GroupRow[]): Promise<Group[]> {
    const banners = await this.media.of(
      'group',
      rows.map(({ id }) => id),
      viewerId,
    );
    const groups: Group[] = [];
    for (const row of rows)
      groups.push(toGroup(row, banners.get(row.id)?.[0], await this.counts.members(viewerId, row)));
    return groups;
  }

  // ——— writing

  async create(
    creatorId: string,
    request: CreateGroupRequest,
    key?: string,
  ): Promise<GroupDetails> {
    const { title, bannerId } = request;
    const description = request.description ?? '';
    const id = await this.database.transaction((transaction) =>
      this.idempotency.once(transaction, { userId: creatorId, key, request }, (groupId) =>
        this.found(transaction, creatorId, groupId, { title, description, bannerId }),
      ),
    );
    return this.group(creatorId, id);
  }

  async update(viewerId: string, id: string, changes: UpdateGroupRequest): Promise<GroupDetails> {
    await this.database.transaction(async (transaction) => {
      const before = await this.led(transaction, viewerId, id);
      const title = changes.title ?? before.title;
      const description =
        changes.description === undefined ? before.description : (changes.description ?? '');
      if (title !== before.title || description !== before.description)
        await this.repository.update(transaction, id, {
          title,
          description,
          searchText: searchTextOf(title, description),
        });
      if (changes.bannerId !== undefined)
        await this.showBanner(
          transaction,
          viewerId,
          id,
          changes.bannerId ? [changes.bannerId] : [],
        );
      await this.domainEvents.announce(transaction, new GroupChanged(id, viewerId));
    });
    return this.group(viewerId, id);
  }

  /** Hides the group and all that is in it at once; its creator can restore it for some minutes. */
  async delete(viewerId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.led(transaction, viewerId, id);
      await this.hide(transaction, viewerId, id);
    });
  }

  /** The caller holds the group's lock. */
  async hide(transaction: Transaction, byId: string, id: string): Promise<void> {
    await this.repository.update(transaction, id, { deletedAt: new Date().toISOString() });
    const afterMinutes = LIMITS.group.undoMinutes + 1;
    await this.jobs.enqueue(transaction, WIPE, { groupId: id }, { afterMinutes });
    await this.domainEvents.announce(transaction, new GroupDeleted(id, byId));
  }

  async restore(viewerId: string, id: string): Promise<GroupDetails> {
    await this.database.transaction(async (transaction) => {
      await locks.group(transaction, id);
      const group = await this.repository.findRow(transaction, id);
      if (
        group?.creatorId !== viewerId ||
        !group.deletedAt ||
        group.removedUntil ||
        !mayBeRestored(group.deletedAt, new Date())
      )
        throw notFound();
      await this.repository.update(transaction, id, { deletedAt: null });
      await this.domainEvents.announce(transaction, new GroupRestored(id, viewerId));
    });
    return this.group(viewerId, id);
  }

  // ——— for other modules

  /** With its creator as the only member; takes the group's lock. */
  async found(
    transaction: Transaction,
    creatorId: string,
    groupId: string,
    {
      title,
      description,
      bannerId,
    }: { title: string; description: string; bannerId?: string | null | undefined },
  ): Promise<void> {
    await locks.group(transaction, groupId);
    await locks.users(transaction, creatorId);
    await this.repository.insert(transaction, {
      id: groupId,
      creatorId,
      title,
      description,
      searchText: searchTextOf(title, description),
      memberCount: 0,
      createdAt: new Date().toISOString(),
      deletedAt: null,
      removedUntil: null,
    });
    if (bannerId) await this.showBanner(transaction, creatorId, groupId, [bannerId]);
    await this.members.enter(transaction, groupId, creatorId, {
      role: 'creator',
      byId: null,
      how: 'created',
    });
    await this.domainEvents.announce(transaction, new GroupCreated(groupId, creatorId));
  }

  /** By a moderator, so that its creator can't restore it. False if it is gone already. */
  async remove(transaction: Transaction, id: string, moderatorId: string): Promise<boolean> {
    await locks.group(transaction, id);
    const group = await this.repository.findRow(transaction, id);
    if (!group || group.deletedAt) return false;
    await this.hide(transaction, moderatorId, id);
    const removedUntil = endOf(new Date().toISOString(), { minutes: LIMITS.group.undoMinutes });
    await this.repository.update(transaction, id, { removedUntil });
    return true;
  }

  /** Undoes `remove`. False if that is no longer possible. */
  async putBack(transaction: Transaction, id: string, moderatorId: string): Promise<boolean> {
    await locks.group(transaction, id);
    const group = await this.repository.findRow(transaction, id);
    if (!group?.deletedAt || !group.removedUntil) return false;
    if (!mayBeRestored(group.deletedAt, new Date())) return false;
    await this.repository.update(transaction, id, { deletedAt: null, removedUntil: null });
    await this.domainEvents.announce(transaction, new GroupRestored(id, moderatorId));
    return true;
  }

  /** Whether somebody is in the group; if so, they stay in it until the transaction ends. */
  async holdsMember(transaction: Transaction, groupId: string, userId: string): Promise<boolean> {
    await locks.membership(transaction, groupId, userId);
    const group = await this.repository.findRow(transaction, groupId);
    if (!group || group.deletedAt) return false;
    return (await this.memberships.find(transaction, groupId, userId)) !== null;
  }

  async assertMember(transaction: Transaction, groupId: string, userId: string): Promise<void> {
    if (!(await this.holdsMember(transaction, groupId, userId))) throw notFound();
  }

  /** The groups that somebody leads, so many at most. */
  runBy(userId: string, limit: number, reader: Reader = this.database) {
    return this.repository.findRunBy(userId, limit, reader);
  }

  /** Whether somebody leads a group that is there. */
  async isLedBy(transaction: Transaction, groupId: string, userId: string): Promise<boolean> {
    const group = await this.repository.findRow(transaction, groupId);
    return group?.creatorId === userId && !group.deletedAt;
  }

  // ———

  private async led(transaction: Transaction, viewerId: string, id: string): Promise<GroupEntity> {
    await locks.group(transaction, id);
    const group = await this.repository.findRow(transaction, id);
    if (!group || group.deletedAt) throw notFound();
    if (group.creatorId !== viewerId) throw refuse('not-group-creator');
    return group;
  }

  private async showBanner(
    transaction: Transaction,
    ownerId: string,
    groupId: string,
    mediaIds: string[],
  ): Promise<void> {
    await this.media.replace(
      transaction,
      ownerId,
      mediaIds,
      { kind: 'group', id: groupId },
      'bannerId',
    );
  }

  /** In portions. The row stays for what refers to it; posts and events go by `GroupWiped`. */
  private async wipe(groupId: string): Promise<void> {
    const isToWipe = async (transaction: Transaction) => {
      await locks.group(transaction, groupId);
      const group = await this.repository.findRow(transaction, groupId);
      return Boolean(group?.deletedAt) && !mayBeRestored(group!.deletedAt!, new Date());
    };
    for (const endSome of [
      (transaction: Transaction, limit: number) =>
        this.memberships.endSome(transaction, groupId, limit),
      (transaction: Transaction, limit: number) =>
        this.joining.deleteSome(transaction, { groupId }, limit),
    ])
      await this.database.inBatches(async (transaction, limit) =>
        (await isToWipe(transaction)) ? endSome(transaction, limit) : 0,
      );
    await this.database.transaction(async (transaction) => {
      if (!(await isToWipe(transaction))) return;
      await this.media.removeFrom(transaction, 'group', [groupId]);
      await this.repository.update(transaction, groupId, {
        creatorId: null,
        title: '',
        description: '',
        searchText: '',
        memberCount: 0,
      });
      await this.domainEvents.announce(transaction, new GroupWiped(groupId));
    });
  }
}

function sizeCursor(cursor: string | undefined): SizeCursor {
  if (cursor === undefined) return LARGEST;
  const [, memberCount, id] = /^(\d{1,10})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (!memberCount || !id) throw badCursor();
  return { memberCount: Number(memberCount), id: afterId(id)! };
}
