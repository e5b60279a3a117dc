import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import {
  itemsOf,
  PersonalDataRegistry,
  rowsOf,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { GroupsRepository } from './groups.repository.js';
import { GroupsService } from './groups.service.js';
import { JoiningRepository } from './joining.repository.js';
import { MembershipsRepository } from './memberships.repository.js';
import { MembershipsService } from './memberships.service.js';

@Injectable()
export class GroupsPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'groups';
  readonly tables = {
    groups: (userId: string) => this.led(userId),
    group_words: 'repeats the text of `groups`',
    memberships: (userId: string) =>
      itemsOf((page) => this.members.history(userId, { past: false, ...page })),
    group_invitations: (userId: string) =>
      rowsOf((after, limit) => this.joining.findSentBy(userId, after, limit)),
    group_requests: (userId: string) =>
      rowsOf((after, limit) => this.joining.findOf(userId, after, limit)),
  };

  constructor(
    private readonly groups: GroupsService,
    private readonly members: MembershipsService,
    private readonly groupRows: GroupsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly joining: JoiningRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /**
   * Groups that the person leads pass to whoever has been in longest, or go if there is nobody. Recounts first: only
   * uncounted rows may be deleted.
   */
  async remove(userId: string): Promise<void> {
    await inPortionsOfIds(
      (after, limit) => this.groupRows.findLedBy(userId, after, limit),
      async (ids) => {
        for (const id of ids) await this.passOn(userId, id);
      },
    );
    await this.members.recount(userId);
    await this.database.inBatches((transaction, limit) =>
      this.joining.deleteSome(transaction, { userId }, limit),
    );
    await inPortionsOfIds(
      (after, limit) => this.memberships.findIdsOf(userId, after, limit),
      (ids) =>
        this.database.transaction(async (transaction) => {
          for (const id of ids) await this.memberships.delete(transaction, id);
        }),
    );
  }

  /** Those that they lead, with their banners; others belong to whoever leads them. */
  private async *led(userId: string): AsyncGenerator<object> {
    const ids = rowsOf(async (after, limit) =>
      (await this.groupRows.findLedBy(userId, after, limit)).map((id) => ({ id })),
    );
    for await (const { id } of ids) {
      const group = (await this.groups.byIds(userId, [id])).get(id);
      if (group) yield group;
    }
  }

  private async passOn(userId: string, groupId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.group(transaction, groupId);
      const group = await this.groupRows.findRow(transaction, groupId);
      if (group?.creatorId !== userId) return;
      if (await this.members.succeed(transaction, groupId, userId)) return;
      if (!group.deletedAt) await this.groups.hide(transaction, userId, groupId);
      await this.groupRows.update(transaction, groupId, { creatorId: null });
    });
  }
}
