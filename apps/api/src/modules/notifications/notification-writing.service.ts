import { Injectable } from '@nestjs/common';
import type { NotificationKind } from '@echomate/contracts/notifications.dto';
import { v7 as uuid } from 'uuid';
import { Access, type Kind } from '../../access/access.service.js';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { JobRun } from '../../platform/jobs/jobs.service.js';
import { Realtime } from '../../platform/realtime/realtime.service.js';
import { AccountStatesService } from '../users/account-states.service.js';
import { DigestsService } from './digests.service.js';
import { NotificationSettingsRepository } from './notification-settings.repository.js';
import { PushService } from './push.service.js';
import { NotificationWritingRepository } from './notification-writing.repository.js';

export interface NotificationDraft {
  kind: NotificationKind;
  /** Actions of one kind with the same key are told together */
  key: string;
  /** Who did it; nobody for reminders */
  actorId: string | null;
  /** What it is about */
  postId?: string | null;
  commentId?: string | null;
  groupId?: string | null;
  eventId?: string | null;
  detail?: string | null;
  /** The comment or share that was written */
  writtenCommentId?: string | null;
  writtenPostId?: string | null;
  /** Whose mute counts, if it is about more than it shows: the post and the group of a comment */
  mutedWith?: { postId?: string | null; groupId?: string | null };
}

/** Tells people of something, after asking the rule which of them may learn it. Every step may be repeated. */
@Injectable()
export class NotificationWritingService {
  constructor(
    private readonly repository: NotificationWritingRepository,
    private readonly access: Access,
    private readonly accounts: AccountStatesService,
    private readonly database: Database,
    private readonly realtime: Realtime,
    private readonly settings: NotificationSettingsRepository,
    private readonly digests: DigestsService,
    private readonly pushes: PushService,
  ) {}

  async tell(run: JobRun, given: (string | null)[], draft: NotificationDraft): Promise<void> {
    const others = [...new Set(given)].filter((id) => id !== null && id !== draft.actorId);
    const allowed = await this.allowed(others as string[], draft);
    if (!allowed.length) return;
    await this.database.transaction(async (transaction) => {
      await locks.notifications(transaction, allowed);
      // Otherwise nothing would remove it: an account that goes has its notifications removed once.
      const { actorId } = draft;
      if (actorId && !(await this.accounts.isActive(transaction, actorId))) return;
      const { key, detail = null } = draft;
      const unread = await this.repository.findUnread(transaction, allowed, key);
      if (detail) await this.repository.describe(transaction, unread, detail);
      const told = await this.repository.findTold(transaction, allowed, key, actorId, run.id);
      const userIds = allowed.filter((id) => !told.has(id));
      if (!userIds.length) return;
      const known = unread.filter(({ userId }) => !told.has(userId));
      const knownIds = known.map(({ id }) => id);
      const isKnown = new Set(known.map(({ userId }) => userId));
      const fresh = userIds
        .filter((id) => !isKnown.has(id))
        .map((id) => newNotification(id, draft));
      await this.repository.insert(transaction, fresh);
      if (known.length) await this.repository.raise(transaction, knownIds, uuid());
      if (actorId) {
        // The newest action of a person counts.
        if (known.length) await this.repository.deleteActions(transaction, knownIds, actorId);
        const actions = [...knownIds, ...fresh.map(({ id }) => id)].map((notificationId) => ({
          id: uuid(),
          notificationId,
          actorId,
          jobId: run.id,
          commentId: draft.writtenCommentId ?? null,
          postId: draft.writtenPostId ?? null,
        }));
        await this.repository.insertActions(transaction, actions);
      }
      const { kind } = draft;
      const wantedBy = (channel: 'email' | 'push') =>
        this.settings.findWanting(transaction, userIds, kind, channel);
      await this.digests.plan(transaction, await wantedBy('email'));
      const ids = new Map([...known, ...fresh].map(({ userId, id }) => [userId, id]));
      await this.pushes.plan(
        transaction,
        new Map((await wantedBy('push')).map((userId) => [userId, ids.get(userId)!])),
      );
      transaction.afterCommit(async () => this.realtime.push(userIds, 'notifications.changed'));
    });
  }

  private async allowed(userIds: string[], draft: NotificationDraft): Promise<string[]> {
    const { kind, actorId, postId = null, commentId = null, eventId = null } = draft;
    const subjects: [Kind, string | null][] = [
      ['card', actorId],
      ['post', postId],
      ['comment', commentId],
      ['event', eventId],
      ['comment', draft.writtenCommentId ?? null],
      ['post', draft.writtenPostId ?? null],
    ];
    let allowed = userIds;
    for (const [subject, id] of subjects)
      if (id && allowed.length) {
        const audience = await this.access.audience(subject, id, allowed);
        allowed = allowed.filter((userId) => audience.has(userId));
      }
    if (!allowed.length) return [];
    const unwilling = await this.repository.findUnwilling(allowed, kind, {
      actorId,
      postId: draft.mutedWith?.postId ?? postId,
      groupId: draft.mutedWith?.groupId ?? draft.groupId ?? null,
    });
    return allowed.filter((userId) => !unwilling.has(userId));
  }
}

const newNotification = (userId: string, draft: NotificationDraft) => ({
  id: uuid(),
  userId,
  position: uuid(),
  kind: draft.kind,
  groupKey: draft.key,
  postId: draft.postId ?? null,
  commentId: draft.commentId ?? null,
  groupId: draft.groupId ?? null,
  eventId: draft.eventId ?? null,
  detail: draft.detail ?? null,
  readAt: null,
});
