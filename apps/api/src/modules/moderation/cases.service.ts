import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type {
  AppealRequest,
  Case,
  CasePage,
  CasesQuery,
  OwnDecision,
  Snapshot,
} from '@echomate/contracts/moderation.dto';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { endOf } from '../../platform/periods.js';
import type { FileToAnswer } from '../../platform/storage/file-answer.js';
import { MediaService } from '../media/media.service.js';
import { CasesRepository, type CaseData } from './cases.repository.js';
import { isAppealWaiting, toCase, toOwnDecision, toRow } from './cases.mapper.js';

/** The queue. A moderator sees what was reported as it was then, and nothing else because of it. */
@Injectable()
export class CasesService {
  constructor(
    private readonly repository: CasesRepository,
    private readonly media: MediaService,
    private readonly database: Database,
  ) {}

  async page(moderatorId: string, { state, cursor, limit }: CasesQuery): Promise<CasePage> {
    const rows = await this.repository.findPage(moderatorId, state, afterId(cursor), limit + 1);
    const reasons = await this.repository.findReasons(rows.map(({ id }) => id));
    return pageOf(rows, limit, (row) => toRow(row, moderatorId, reasons.get(row.id) ?? []));
  }

  async case(moderatorId: string, id: string): Promise<Case> {
    const row = await this.repository.find(moderatorId, id);
    if (!row) throw notFound();
    return toCase(row, moderatorId, await this.repository.findReports(id));
  }

  /** For the person concerned; nothing in it tells who reported or decided. */
  async own(personId: string, id: string): Promise<OwnDecision> {
    const row = await this.repository.findOwn(personId, id);
    if (!row) throw notFound();
    return toOwnDecision(row);
  }

  /** Once, by whom it concerns. */
  async appeal(personId: string, id: string, { words }: AppealRequest): Promise<OwnDecision> {
    if (!words) throw invalidField('words', 'required');
    await this.database.transaction(async (transaction) => {
      const row = await this.repository.findOwn(personId, id, transaction);
      if (!row) throw notFound();
      const at = new Date().toISOString();
      if (!(await this.repository.appeal(transaction, personId, id, { words, at })))
        throw refuse('appealed-already');
    });
    return this.own(personId, id);
  }

  async claim(moderatorId: string, id: string): Promise<Case> {
    await this.database.transaction(async (transaction) => {
      const row = await this.foreign(transaction, moderatorId, id);
      if (row.decidedAt && !isAppealWaiting(row)) throw refuse('case-decided');
      if (row.decidedAt && !row.mayAnswer)
        throw refuse(row.decidedById === moderatorId ? 'appeal-for-others' : 'about-an-admin');
      const now = new Date().toISOString();
      const until = endOf(now, { minutes: LIMITS.report.claimMinutes });
      if (!(await this.repository.claim(transaction, moderatorId, id, { now, until })))
        throw refuse('case-claimed');
    });
    return this.case(moderatorId, id);
  }

  async release(moderatorId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.foreign(transaction, moderatorId, id);
      await this.repository.release(transaction, moderatorId, id);
    });
  }

  /** Only what is in the snapshot, and only for those who may see the case. */
  async file(moderatorId: string, id: string, mediaId: string): Promise<FileToAnswer> {
    const row = await this.repository.find(moderatorId, id);
    const { media } = row ? (JSON.parse(row.snapshot) as Snapshot) : { media: [] };
    if (!media.some((medium) => medium.id === mediaId)) throw notFound();
    const file = await this.media.fileOf(mediaId);
    if (!file) throw notFound();
    return file;
  }

  /** A case that the moderator may decide about. */
  async foreign(transaction: Transaction, moderatorId: string, id: string): Promise<CaseData> {
    const row = await this.repository.find(moderatorId, id, transaction);
    if (!row) throw notFound();
    return row;
  }
}
