import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type { ReportRequest } from '@echomate/contracts/moderation.dto';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import { DAY_MS } from '../../platform/periods.js';
import { BlocksService } from '../follows/blocks.service.js';
import { ModerationCountsService } from './moderation-counts.service.js';
import { ReportsRepository } from './reports.repository.js';
import { peopleIn, SnapshotsService } from './snapshots.service.js';

@Injectable()
export class ReportsService {
  constructor(
    private readonly repository: ReportsRepository,
    private readonly snapshots: SnapshotsService,
    private readonly blocks: BlocksService,
    private readonly counts: ModerationCountsService,
    private readonly database: Database,
  ) {}

  async report(
    reporterId: string,
    { kind, id, reason, words = null, block = false }: ReportRequest,
  ): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const seen = await this.snapshots.take(transaction, reporterId, kind, id);
      if (!seen) throw notFound();
      const people = [reporterId, ...peopleIn(seen)];
      await locks.users(transaction, ...new Set(people));
      await locks.reported(transaction, kind, id);
      const reported = await this.snapshots.take(transaction, reporterId, kind, id);
      if (!reported) throw notFound();
      const { personId } = reported;
      if (personId === reporterId) throw refuse('report-yourself');
      const since = Date.now() - DAY_MS;
      const today = await this.repository.countSince(transaction, reporterId, since);
      if (today >= LIMITS.report.maxPerDay) throw refuse('too-many-reports');
      const caseId =
        (await this.repository.findOpen(transaction, kind, id)) ??
        (await this.repository.open(transaction, kind, id, reported));
      if (await this.repository.hasReported(transaction, caseId, reporterId))
        throw refuse('already-reported');
      await this.repository.add(transaction, { caseId, reporterId, reason, words });
      if (block && personId) await this.blocks.blockIn(transaction, reporterId, personId);
      await this.counts.reported(transaction);
    });
  }
}
