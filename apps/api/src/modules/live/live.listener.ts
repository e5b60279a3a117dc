import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { ShownKind } from '@echomate/contracts/realtime';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { Realtime } from '../../platform/realtime/realtime.service.js';
import {
  EventAnswered,
  EventAnswerRemoved,
  EventCancelled,
  EventChanged,
  EventDeleted,
  EventPlaceGiven,
} from '../events/events.domain-events.js';
import { PostsFannedOut } from '../feed/feed.domain-events.js';
import { FollowEnded, PersonBlocked } from '../follows/follows.domain-events.js';
import { GroupDeleted, MembershipEnded } from '../groups/groups.domain-events.js';
import {
  CommentAdded,
  CommentDeleted,
  CommentEdited,
  CommentLiked,
  CommentUnliked,
  PostAudienceChanged,
  PostDeleted,
  PostEdited,
  PostLiked,
  PostPublished,
  PostUnliked,
} from '../posts/posts.domain-events.js';
import { AccountStateChanged, VisibilityChanged } from '../users/users.domain-events.js';
import { Coalesced } from './coalesced.js';
import { LiveRepository } from './live.repository.js';
import type { Broadcast } from './broadcast.js';
import { keyOf, thingOf } from './shown-pages.js';

type About<Subject> = new (...values: never[]) => Subject;

const OF_POSTS: About<{ postId: string }>[] = [
  PostEdited,
  PostAudienceChanged,
  PostDeleted,
  PostLiked,
  PostUnliked,
];
const OF_COMMENTS: About<{ postId: string }>[] = [CommentAdded, CommentEdited, CommentDeleted];
const OF_ANSWERS: About<{ eventId: string }>[] = [
  EventAnswered,
  EventAnswerRemoved,
  EventPlaceGiven,
];
const OF_SERIES: About<{ seriesId: string }>[] = [EventChanged, EventCancelled, EventDeleted];

/** A thing that changes all the time is mentioned to other processes once a second. */
const BROADCASTS = { soonMs: 0, everyMs: 1000 };

/** Turns what other modules announce into broadcasts to the processes that hold open pages. Nobody waits for it. */
@Injectable()
export class LiveListener implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(LiveListener.name);
  private readonly things = new Coalesced<'changed' | 'comments'>(BROADCASTS, (key, details) =>
    this.broadcast({
      about: 'thing',
      thing: thingOf(key),
      hasNewComments: details.has('comments'),
    }),
  );

  constructor(
    private readonly domainEvents: DomainEvents,
    private readonly repository: LiveRepository,
    private readonly realtime: Realtime,
  ) {}

  onModuleInit(): void {
    const { domainEvents } = this;
    for (const event of OF_POSTS)
      domainEvents.afterCommit(event, 'live.post', ({ postId }) => this.changed('post', postId));
    for (const event of OF_COMMENTS)
      domainEvents.afterCommit(event, 'live.comment', ({ postId }) =>
        this.changed('post', postId, true),
      );
    for (const event of [CommentLiked, CommentUnliked])
      domainEvents.afterCommit(event, 'live.comment-like', ({ commentId }) =>
        this.commentLiked(commentId),
      );
    domainEvents.afterCommit(PostPublished, 'live.published', ({ postId, sharedId }) => {
      if (sharedId) this.changed('post', sharedId);
      this.broadcast({ about: 'published', postId });
    });
    domainEvents.afterCommit(PostsFannedOut, 'live.fanned-out', ({ postIds }) =>
      this.broadcast({ about: 'fanned-out', postIds }),
    );
    for (const event of OF_ANSWERS)
      domainEvents.afterCommit(event, 'live.answer', ({ eventId }) =>
        this.changed('event', eventId),
      );
    for (const event of OF_SERIES)
      domainEvents.afterCommit(event, 'live.event', ({ seriesId }) => {
        this.broadcast({ about: 'series', seriesId });
        this.changed('post', seriesId);
      });
    domainEvents.afterCommit(MembershipEnded, 'live.membership', ({ userId }) =>
      this.seesLess(userId),
    );
    domainEvents.afterCommit(FollowEnded, 'live.follow', ({ followerId }) =>
      this.seesLess(followerId),
    );
    domainEvents.afterCommit(PersonBlocked, 'live.block', ({ blockerId, blockedId }) => {
      for (const userId of [blockerId, blockedId])
        this.broadcast({ about: 'viewer', userId, isAllDifferent: true });
    });
    domainEvents.afterCommit(GroupDeleted, 'live.group', ({ groupId }) =>
      this.broadcast({ about: 'group', groupId }),
    );
    domainEvents.afterCommit(VisibilityChanged, 'live.visibility', ({ userId }) =>
      this.broadcast({ about: 'author', userId }),
    );
    domainEvents.afterCommit(AccountStateChanged, 'live.account', ({ userId }) =>
      this.broadcast({ about: 'author', userId }),
    );
  }

  onApplicationShutdown(): void {
    this.things.close();
  }

  private changed(kind: ShownKind, id: string, hasNewComments = false): void {
    this.things.add(keyOf({ kind, id }), hasNewComments ? 'comments' : 'changed');
  }

  private seesLess(userId: string): void {
    this.broadcast({ about: 'viewer', userId, isAllDifferent: false });
  }

  private commentLiked(commentId: string): void {
    this.repository.findPostOf(commentId).then(
      (postId) => postId && this.changed('post', postId, true),
      (error: unknown) => this.logger.error({ err: error }, 'Pushing to open pages failed'),
    );
  }

  private broadcast(broadcast: Broadcast): void {
    this.realtime.broadcast('live', broadcast);
  }
}
