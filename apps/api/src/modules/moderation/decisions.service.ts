import { Injectable } from '@nestjs/common';
import type {
  AppealAnswerRequest,
  Case,
  DecisionRequest,
} from '@echomate/contracts/moderation.dto';
import { may } from '@echomate/contracts/permissions';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { invalidField, refuse } from '../../platform/http/problem.js';
import { endOf } from '../../platform/periods.js';
import { MessageWritingService } from '../chat/message-writing.service.js';
import { EventWritingService } from '../events/event-writing.service.js';
import { GroupsService } from '../groups/groups.service.js';
import { CommentsService } from '../posts/comments.service.js';
import { PostRemovalService } from '../posts/post-removal.service.js';
import { CasesRepository, type CaseData } from './cases.repository.js';
import { isAppealWaiting } from './cases.mapper.js';
import { CasesService } from './cases.service.js';
import { AppealAnswered, CaseDecided, DecisionUndone } from './moderation.domain-events.js';
import { ModerationCountsService } from './moderation-counts.service.js';
import { ModerationLogService } from './moderation-log.service.js';
import { choicesFor, isUndoable } from './moderation.policy.js';
import { SuspensionsService } from './suspensions.service.js';

/** What a module does, for moderators, to things that are its own. */
interface Owner {
  /** False if it is gone already */
  remove(transaction: Transaction, id: string, moderatorId: string): Promise<boolean>;
  /** False if it can't come back any more; what has none is gone for good */
  putBack?(transaction: Transaction, id: string, moderatorId: string): Promise<boolean>;
}

/** What becomes of a case: done, decided and logged in one transaction. */
@Injectable()
export class DecisionsService {
  /** Nobody removes people: they are suspended. */
  private readonly owners: Partial<Record<CaseData['subjectKind'], Owner>>;

  constructor(
    private readonly cases: CasesService,
    private readonly repository: CasesRepository,
    private readonly suspensions: SuspensionsService,
    private readonly log: ModerationLogService,
    private readonly counts: ModerationCountsService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    post: PostRemovalService,
    comment: CommentsService,
    group: GroupsService,
    event: EventWritingService,
    message: MessageWritingService,
  ) {
    this.owners = { post, comment, group, event, message };
  }

  async decide(moderatorId: string, id: string, request: DecisionRequest): Promise<Case> {
    const { decision, days } = request;
    const isDismissed = decision === 'dismiss';
    const reason = isDismissed ? null : (request.reason ?? null);
    const words = isDismissed ? null : (request.words ?? null);
    if (!isDismissed && !reason) throw invalidField('reason', 'required');
    if (!isDismissed && !words) throw invalidField('words', 'required');
    await this.database.transaction(async (transaction) => {
      const row = await this.open(transaction, moderatorId, id);
      if (!this.choices(row).includes(decision))
        throw invalidField('decision', 'invalid-choice', { choices: 'dismiss' });
      const at = new Date().toISOString();
      const endsAt = decision === 'suspend' && days ? endOf(at, { hours: days * 24 }) : null;
      if (decision === 'remove') await this.remove(transaction, moderatorId, row);
      if (decision === 'suspend')
        await this.suspensions.suspend(transaction, row.personId!, id, endsAt);
      await locks.reported(transaction, row.subjectKind, row.subjectId);
      const ruling = { decision, reason, words, endsAt, at };
      if (!(await this.repository.decide(transaction, moderatorId, id, ruling)))
        throw refuse('claim-first');
      await this.domainEvents.announce(transaction, new CaseDecided(id, decision));
      await this.counts.decided(transaction, id, decision);
      await this.write(transaction, moderatorId, row, { action: decision, reason, words, endsAt });
    });
    return this.cases.case(moderatorId, id);
  }

  /** Puts back what was removed, or lets in again who was suspended. */
  async undo(moderatorId: string, id: string): Promise<Case> {
    await this.database.transaction(async (transaction) => {
      const row = await this.cases.foreign(transaction, moderatorId, id);
      const { decision, subjectKind } = row;
      if (!decision || !isUndoable(subjectKind, decision)) throw refuse('nothing-to-undo');
      this.choices(row);
      if (!(await this.putBack(transaction, moderatorId, row))) throw refuse('nothing-to-undo');
      if (!(await this.repository.undo(transaction, id, new Date().toISOString())))
        throw refuse('nothing-to-undo');
      await this.domainEvents.announce(transaction, new DecisionUndone(id));
      const logged = { action: `undo-${decision}`, reason: null, words: null, endsAt: null };
      await this.write(transaction, moderatorId, row, logged);
    });
    return this.cases.case(moderatorId, id);
  }

  /** By somebody else than whoever decided, where there is somebody. */
  async answer(
    moderatorId: string,
    id: string,
    { outcome, words }: AppealAnswerRequest,
  ): Promise<Case> {
    if (!words) throw invalidField('words', 'required');
    await this.database.transaction(async (transaction) => {
      const row = await this.cases.foreign(transaction, moderatorId, id);
      if (!isAppealWaiting(row)) throw refuse('case-decided');
      this.choices(row);
      if (!row.mayAnswer) throw refuse('appeal-for-others');
      const at = new Date().toISOString();
      const { decision, subjectKind, undoneAt } = row;
      if (outcome === 'overturned' && !undoneAt && isUndoable(subjectKind, decision!))
        // What can't be put back any more stays gone; that the decision was wrong is said all the same.
        if (await this.putBack(transaction, moderatorId, row))
          await this.repository.undo(transaction, id, at);
      if (!(await this.repository.answer(transaction, moderatorId, id, { outcome, words, at })))
        throw refuse('claim-first');
      await this.domainEvents.announce(transaction, new AppealAnswered(id, outcome));
      await this.counts.answered(transaction, outcome);
      const logged = { action: `appeal-${outcome}`, reason: null, words, endsAt: null };
      await this.write(transaction, moderatorId, row, logged);
    });
    return this.cases.case(moderatorId, id);
  }

  // ———

  private async open(transaction: Transaction, moderatorId: string, id: string) {
    const row = await this.cases.foreign(transaction, moderatorId, id);
    if (row.decidedAt) throw refuse('case-decided');
    if (row.claimedById !== moderatorId) throw refuse('claim-first');
    return row;
  }

  private choices({ subjectKind: kind, personId, personRole, viewerRole }: CaseData) {
    if (!viewerRole || !may(viewerRole, 'reports.decide')) throw refuse('not-permitted');
    const choices = choicesFor(viewerRole, { kind, personId, personRole });
    if (!choices.length) throw refuse('about-an-admin');
    return choices;
  }

  /** What its author has deleted meanwhile is gone as well. */
  private async remove(
    transaction: Transaction,
    moderatorId: string,
    { subjectKind, subjectId }: CaseData,
  ): Promise<void> {
    const owner = this.owners[subjectKind];
    if (!owner) throw refuse('conflict');
    await owner.remove(transaction, subjectId, moderatorId);
  }

  private async putBack(
    transaction: Transaction,
    moderatorId: string,
    { id, decision, subjectKind, subjectId, personId }: CaseData,
  ): Promise<boolean> {
    if (decision === 'suspend') return this.suspensions.lift(transaction, personId!, id);
    const owner = this.owners[subjectKind];
    return (await owner?.putBack?.(transaction, subjectId, moderatorId)) ?? false;
  }

  private write(
    transaction: Transaction,
    actorId: string,
    { id, subjectKind, subjectId, personId }: CaseData,
    logged: { action: string; reason: string | null; words: string | null; endsAt: string | null },
  ): Promise<void> {
    const about = { caseId: id, subjectKind, subjectId, personId };
    return this.log.append(transaction, { actorId, ...about, ...logged });
  }
}
