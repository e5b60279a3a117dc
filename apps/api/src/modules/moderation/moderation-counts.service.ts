import { Injectable } from '@nestjs/common';
import type {
  AppealOutcome,
  Decision,
  ModerationNumbers,
} from '@echomate/contracts/moderation.dto';
import { timeOf } from '../../platform/database/ids.js';
import type { Transaction } from '../../platform/database/statements.js';
import { ModerationCountsRepository } from './moderation-counts.repository.js';

const MONTHS = 12;
const DAY_MINUTES = 24 * 60;

const DECIDED = {
  dismiss: 'dismissed',
  remove: 'removed',
  warn: 'warned',
  suspend: 'suspended',
} as const satisfies Record<Decision, string>;

/** How much was reported, what became of it and how long that took. Counted as it happens, and never uncounted. */
@Injectable()
export class ModerationCountsService {
  constructor(private readonly repository: ModerationCountsRepository) {}

  reported(transaction: Transaction): Promise<void> {
    return this.repository.add(transaction, { reports: 1 });
  }

  decided(transaction: Transaction, caseId: string, decision: Decision): Promise<void> {
    const minutesToDecide = Math.round((Date.now() - Date.parse(timeOf(caseId))) / 60_000);
    return this.repository.add(transaction, { [DECIDED[decision]]: 1, minutesToDecide });
  }

  answered(transaction: Transaction, outcome: AppealOutcome): Promise<void> {
    return this.repository.add(transaction, {
      appeals: 1,
      overturned: outcome === 'overturned' ? 1 : 0,
    });
  }

  async numbers(): Promise<ModerationNumbers> {
    const rows = await this.repository.findNewest(MONTHS);
    return {
      months: rows.map(({ minutesToDecide, ...counts }) => {
        const { dismissed, removed, warned, suspended } = counts;
        const decisions = dismissed + removed + warned + suspended;
        const days = decisions ? minutesToDecide / decisions / DAY_MINUTES : null;
        return { ...counts, daysToDecide: days === null ? null : Math.round(days * 10) / 10 };
      }),
    };
  }
}
