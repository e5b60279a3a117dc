import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  PersonalDataRegistry,
  rowsOf,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { ReportsRepository } from './reports.repository.js';
import { SnapshotsService } from './snapshots.service.js';
import { SuspensionsRepository } from './suspensions.repository.js';

@Injectable()
export class ModerationPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'moderation';
  readonly tables = {
    reports: (userId: string) =>
      rowsOf((after, limit) => this.reports.findOf(userId, after, limit)),
    report_cases: 'holds what others reported, and would tell who did',
    suspensions: 'is empty for whoever can ask for an export',
  };

  constructor(
    private readonly reports: ReportsRepository,
    private readonly suspensions: SuspensionsRepository,
    private readonly snapshots: SnapshotsService,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** What they reported, what was reported of theirs, and what of theirs stands beside it. The log keeps ids only. */
  async remove(userId: string): Promise<void> {
    for (const deleteSome of ['deleteSomeBy', 'deleteSomeAbout'] as const)
      await this.database.inBatches((transaction, limit) =>
        this.reports[deleteSome](transaction, userId, limit),
      );
    await this.snapshots.forget(userId);
    await this.database.transaction(async (transaction) => {
      await this.suspensions.delete(transaction, userId);
      await this.reports.forgetModerator(transaction, userId);
    });
  }
}
