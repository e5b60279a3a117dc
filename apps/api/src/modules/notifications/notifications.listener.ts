import { Injectable, type OnModuleInit } from '@nestjs/common';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import type { JobRun } from '../../platform/jobs/jobs.service.js';
import {
  EventCancelled,
  EventChanged,
  EventCreated,
  EventReminderDue,
} from '../events/events.domain-events.js';
import { FollowersGained, FollowRequested } from '../follows/follows.domain-events.js';
import { GroupInvited, GroupJoined, GroupJoinRequested } from '../groups/groups.domain-events.js';
import {
  AppealAnswered,
  CaseDecided,
  DecisionUndone,
} from '../moderation/moderation.domain-events.js';
import {
  CommentAdded,
  CommentEdited,
  CommentLiked,
  PostEdited,
  PostLiked,
  PostPublished,
} from '../posts/posts.domain-events.js';
import { NotificationWritingRepository } from './notification-writing.repository.js';
import { NotificationWritingService } from './notification-writing.service.js';

type GroupAction = GroupInvited | GroupJoinRequested | GroupJoined;
type EventAction = EventCreated | EventChanged | EventCancelled | EventReminderDue;

/** Makes notifications of what other modules announce, durably. */
@Injectable()
export class NotificationsListener implements OnModuleInit {
  constructor(
    private readonly domainEvents: DomainEvents,
    private readonly writing: NotificationWritingService,
    private readonly repository: NotificationWritingRepository,
  ) {}

  onModuleInit(): void {
    const { domainEvents } = this;
    domainEvents.durably<FollowRequested | FollowersGained>(
      [FollowRequested, FollowersGained],
      'notifications.of-follows',
      (event, run) =>
        'followerId' in event ? this.ofRequest(event, run) : this.ofFollowers(event, run),
    );
    domainEvents.durably<GroupAction>(
      [GroupInvited, GroupJoinRequested, GroupJoined],
      'notifications.of-groups',
      (event, run) => this.ofGroup(event, run),
    );
    domainEvents.durably<EventAction>(
      [EventCreated, EventChanged, EventCancelled, EventReminderDue],
      'notifications.of-events',
      (event, run) => this.ofEvent(event, run),
    );
    domainEvents.durably<PostPublished | PostEdited>(
      [PostPublished, PostEdited],
      'notifications.of-posts',
      (event, run) => this.ofPost(event, run),
    );
    domainEvents.durably<CommentAdded | CommentEdited>(
      [CommentAdded, CommentEdited],
      'notifications.of-comments',
      (event, run) => this.ofComment(event, run),
    );
    domainEvents.durably<PostLiked | CommentLiked>(
      [PostLiked, CommentLiked],
      'notifications.of-likes',
      (event, run) => this.ofLike(event, run),
    );
    domainEvents.durably<CaseDecided | DecisionUndone | AppealAnswered>(
      [CaseDecided, DecisionUndone, AppealAnswered],
      'notifications.of-decisions',
      (event, run) => this.ofDecision(event, run),
    );
  }

  /** Who decided isn't told, and to whoever reported, no more than what became of it. */
  private async ofDecision(
    event: CaseDecided | DecisionUndone | AppealAnswered,
    run: JobRun,
  ): Promise<void> {
    const { caseId } = event;
    const decided = await this.repository.findDecision(caseId);
    if (!decided) return;
    const { decision, reason, personId } = decided;
    const isFirst = 'decision' in event;
    const later = 'outcome' in event ? `appeal-${event.outcome}` : `undo-${decision}`;
    const done = isFirst ? decision : later;
    if (decision !== 'dismiss')
      await this.writing.tell(run, [personId], {
        kind: 'moderated',
        key: `moderated ${caseId} ${done}`,
        actorId: null,
        detail: `${done} ${reason} ${caseId}`,
      });
    if (!isFirst) return;
    await inPortionsOfIds(
      (after, limit) => this.repository.findReporters(caseId, after, limit),
      (ids) =>
        this.writing.tell(run, ids, {
          kind: 'report-decided',
          key: `report-decided ${caseId}`,
          actorId: null,
          detail: decision,
        }),
    );
  }

  private ofRequest({ followerId, followeeId }: FollowRequested, run: JobRun): Promise<void> {
    return this.writing.tell(run, [followeeId], {
      kind: 'follow-request',
      key: `follow-request ${followerId}`,
      actorId: followerId,
    });
  }

  private async ofFollowers(
    { followeeId, followerIds, hadAsked }: FollowersGained,
    run: JobRun,
  ): Promise<void> {
    if (hadAsked)
      return this.writing.tell(run, followerIds, {
        kind: 'follow-accepted',
        key: 'follow-accepted',
        actorId: followeeId,
      });
    for (const actorId of followerIds)
      await this.writing.tell(run, [followeeId], { kind: 'follower', key: 'follower', actorId });
  }

  private async ofGroup(event: GroupAction, run: JobRun): Promise<void> {
    const { groupId, userId } = event;
    if ('inviterId' in event)
      return this.writing.tell(run, [userId], {
        kind: 'group-invitation',
        key: `group-invitation ${groupId}`,
        groupId,
        actorId: event.inviterId,
      });
    if ('how' in event) {
      if (event.how !== 'accepted') return;
      return this.writing.tell(run, [userId], {
        kind: 'group-joined',
        key: `group-joined ${groupId}`,
        groupId,
        actorId: event.byId,
      });
    }
    return this.writing.tell(run, [await this.repository.findCreatorOf(groupId)], {
      kind: 'group-request',
      key: `group-request ${groupId} ${userId}`,
      groupId,
      actorId: userId,
    });
  }

  private async ofEvent(event: EventAction, run: JobRun): Promise<void> {
    const { eventId, groupId } = event;
    const about = { eventId, mutedWith: { groupId } };
    const tell = (
      find: (after: string, limit: number) => Promise<string[]>,
      draft: Omit<Parameters<NotificationWritingService['tell']>[2], 'eventId'>,
    ) => inPortionsOfIds(find, (ids) => this.writing.tell(run, ids, { ...draft, ...about }));
    const answering = (isReminder: boolean) => (after: string, limit: number) =>
      this.repository.findAnswering(eventId, isReminder, after, limit);
    if ('creatorId' in event)
      return tell((after, limit) => this.repository.findMembers(groupId, after, limit), {
        kind: 'event-created',
        key: `event-created ${eventId}`,
        actorId: event.creatorId,
      });
    if ('changedById' in event)
      return tell(answering(false), {
        kind: 'event-changed',
        key: `event-changed ${eventId}`,
        actorId: event.changedById,
        detail: event.changed.join(' '),
      });
    if ('cancelledById' in event)
      return tell(answering(false), {
        kind: 'event-cancelled',
        key: `event-cancelled ${eventId}`,
        actorId: event.cancelledById,
      });
    return tell(answering(true), {
      kind: 'event-reminder',
      key: `event-reminder ${eventId} ${event.before}`,
      actorId: null,
      detail: event.before,
    });
  }

  private async ofPost(event: PostPublished | PostEdited, run: JobRun): Promise<void> {
    const { postId, authorId } = event;
    const mentionedIds = 'mentionedIds' in event ? event.mentionedIds : event.newlyMentionedIds;
    const mutedWith = { groupId: await this.repository.findGroupOf(postId) };
    await this.writing.tell(run, mentionedIds, {
      kind: 'mention',
      key: `mention ${postId}`,
      actorId: authorId,
      postId,
      mutedWith,
    });
    const sharedId = 'sharedId' in event ? event.sharedId : null;
    if (!sharedId) return;
    const author = await this.repository.findAuthorOf('posts', sharedId);
    if (author && mentionedIds.includes(author)) return;
    await this.writing.tell(run, [author], {
      kind: 'share',
      key: `share ${sharedId}`,
      actorId: authorId,
      postId: sharedId,
      writtenPostId: postId,
      mutedWith: { ...mutedWith, postId: sharedId },
    });
  }

  /** A comment notifies a person once: as mentioned, else as answered, else as the author of the post. */
  private async ofComment(event: CommentAdded | CommentEdited, run: JobRun): Promise<void> {
    const { commentId, postId, authorId } = event;
    const mentionedIds = 'mentionedIds' in event ? event.mentionedIds : event.newlyMentionedIds;
    const mutedWith = { postId, groupId: await this.repository.findGroupOf(postId) };
    await this.writing.tell(run, mentionedIds, {
      kind: 'mention',
      key: `mention ${commentId}`,
      actorId: authorId,
      commentId,
      mutedWith,
    });
    if (!('parentId' in event)) return;
    const heard = new Set(mentionedIds);
    const written = { actorId: authorId, writtenCommentId: commentId, mutedWith };
    if (event.parentId) {
      const answered = await this.repository.findAuthorOf('comments', event.parentId);
      if (answered && !heard.has(answered))
        await this.writing.tell(run, [answered], {
          kind: 'reply',
          key: `reply ${event.parentId}`,
          commentId: event.parentId,
          ...written,
        });
      if (answered) heard.add(answered);
    }
    const author = await this.repository.findAuthorOf('posts', postId);
    if (author && !heard.has(author))
      await this.writing.tell(run, [author], {
        kind: 'comment',
        key: `comment ${postId}`,
        postId,
        ...written,
      });
  }

  private async ofLike(event: PostLiked | CommentLiked, run: JobRun): Promise<void> {
    const { userId: actorId } = event;
    const [table, id] =
      'postId' in event
        ? (['posts', event.postId] as const)
        : (['comments', event.commentId] as const);
    const about = 'postId' in event ? { postId: id } : { commentId: id };
    await this.writing.tell(run, [await this.repository.findAuthorOf(table, id)], {
      kind: 'like',
      key: `like ${id}`,
      actorId,
      ...about,
    });
  }
}
