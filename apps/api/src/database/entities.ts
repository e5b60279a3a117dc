import { Job } from '../platform/jobs/job.entity.js';
import { StoredSite } from '../platform/site/site-settings.entity.js';
import { EmailToken } from '../modules/auth/entities/email-token.entity.js';
import { Registration } from '../modules/auth/entities/registration.entity.js';
import { Invitation, InvitationUse } from '../modules/auth/entities/invitation.entity.js';
import { HistoryEntry } from '../modules/auth/history/entities/history-entry.entity.js';
import { Program } from '../modules/auth/programs/entities/program.entity.js';
import { Session } from '../modules/auth/entities/session.entity.js';
import { StoredPasskey } from '../modules/second-factors/entities/passkey.entity.js';
import { RecoveryCode } from '../modules/second-factors/entities/recovery-code.entity.js';
import { TwoStepLogin } from '../modules/second-factors/entities/two-step-login.entity.js';
import { UsedChallenge } from '../modules/second-factors/entities/used-challenge.entity.js';
import { Identity } from '../modules/outside-logins/entities/identity.entity.js';
import { Block } from '../modules/follows/entities/block.entity.js';
import { FollowCount } from '../modules/follows/entities/follow-count.entity.js';
import { Follow } from '../modules/follows/entities/follow.entity.js';
import { Mute } from '../modules/follows/entities/mute.entity.js';
import { Medium } from '../modules/media/entities/medium.entity.js';
import { InactiveAccount } from '../modules/users/entities/inactive-account.entity.js';
import { FormerHandle } from '../modules/users/entities/former-handle.entity.js';
import { User } from '../modules/users/entities/user.entity.js';
import { UserNameSlip } from '../modules/users/entities/user-name-slip.entity.js';
import { UserName } from '../modules/users/entities/user-name.entity.js';
import { IdempotencyKey } from '../platform/idempotency/idempotency-key.entity.js';
import { Group } from '../modules/groups/entities/group.entity.js';
import { GroupWord } from '../modules/groups/entities/group-word.entity.js';
import { Membership } from '../modules/groups/entities/membership.entity.js';
import { GroupInvitation } from '../modules/groups/entities/group-invitation.entity.js';
import { GroupRequest } from '../modules/groups/entities/group-request.entity.js';
import { EventSeries } from '../modules/events/entities/event-series.entity.js';
import { Event } from '../modules/events/entities/event.entity.js';
import { EventOption } from '../modules/events/entities/event-option.entity.js';
import { EventAnswer } from '../modules/events/entities/event-answer.entity.js';
import { EventCount } from '../modules/events/entities/event-count.entity.js';
import { Calendar } from '../modules/events/entities/calendar.entity.js';
import { PinnedPost } from '../modules/posts/entities/pinned-post.entity.js';
import { Post } from '../modules/posts/entities/post.entity.js';
import { PostVersion } from '../modules/posts/entities/post-version.entity.js';
import { VersionChosenFollower } from '../modules/posts/entities/version-chosen-follower.entity.js';
import { PostHashtag } from '../modules/posts/entities/post-hashtag.entity.js';
import { PostMention } from '../modules/posts/entities/post-mention.entity.js';
import { ChosenFollower } from '../modules/posts/entities/chosen-follower.entity.js';
import { Comment } from '../modules/posts/entities/comment.entity.js';
import { CommentLike } from '../modules/posts/entities/comment-like.entity.js';
import { PostLike } from '../modules/posts/entities/post-like.entity.js';
import { DiscoverySetting } from '../modules/discovery/entities/discovery-setting.entity.js';
import { Dismissal } from '../modules/discovery/entities/dismissal.entity.js';
import { StirringPost } from '../modules/discovery/entities/stirring-post.entity.js';
import { TrendingPost } from '../modules/discovery/entities/trending-post.entity.js';
import { FeedEntry } from '../modules/feed/entities/feed-entry.entity.js';
import { LargeAuthor } from '../modules/feed/entities/large-author.entity.js';
import { Conversation } from '../modules/chat/entities/conversation.entity.js';
import { Participant } from '../modules/chat/entities/participant.entity.js';
import { Message } from '../modules/chat/entities/message.entity.js';
import { MessageWord } from '../modules/chat/entities/message-word.entity.js';
import { MessageReaction } from '../modules/chat/entities/message-reaction.entity.js';
import { HiddenPresence } from '../modules/chat/entities/hidden-presence.entity.js';
import { Notification } from '../modules/notifications/entities/notification.entity.js';
import { NotificationAction } from '../modules/notifications/entities/notification-action.entity.js';
import {
  NotificationMute,
  NotificationState,
} from '../modules/notifications/entities/notification-mutes.entity.js';
import { PushKeys, PushSubscription } from '../modules/notifications/entities/push.entity.js';
import {
  NotificationChoice,
  NotificationDigest,
  NotificationSettings,
} from '../modules/notifications/entities/notification-settings.entity.js';
import { Export } from '../modules/leaving/entities/export.entity.js';
import { Import, ImportedThing, KnownPerson } from '../modules/importing/entities/import.entity.js';
import { SearchDocument } from '../modules/search/entities/search-document.entity.js';
import {
  InsightSettings,
  InsightSum,
  ProfileVisitor,
} from '../modules/insights/entities/insights.entity.js';
import {
  ActiveDay,
  ActivePerson,
  SitePosition,
  SiteSum,
  SiteTotal,
} from '../modules/insights/entities/statistics.entity.js';
import { PostReach, PostViewer, ReachedPost } from '../modules/insights/entities/reach.entity.js';
import { ModerationLogRow } from '../modules/moderation/entities/moderation-log-row.entity.js';
import { ReportCase } from '../modules/moderation/entities/report-case.entity.js';
import { Report } from '../modules/moderation/entities/report.entity.js';
import { Suspension } from '../modules/moderation/entities/suspension.entity.js';

export const ENTITIES = [
  Job,
  StoredSite,
  User,
  UserName,
  UserNameSlip,
  FormerHandle,
  InactiveAccount,
  Invitation,
  InvitationUse,
  Registration,
  EmailToken,
  Session,
  TwoStepLogin,
  RecoveryCode,
  StoredPasskey,
  UsedChallenge,
  Program,
  HistoryEntry,
  Identity,
  Follow,
  FollowCount,
  Block,
  Mute,
  Medium,
  IdempotencyKey,
  Group,
  GroupWord,
  Membership,
  GroupInvitation,
  GroupRequest,
  EventSeries,
  Event,
  EventOption,
  EventAnswer,
  EventCount,
  Calendar,
  Post,
  PinnedPost,
  PostVersion,
  VersionChosenFollower,
  PostHashtag,
  PostMention,
  ChosenFollower,
  Comment,
  PostLike,
  CommentLike,
  FeedEntry,
  LargeAuthor,
  Conversation,
  Participant,
  Message,
  MessageWord,
  MessageReaction,
  HiddenPresence,
  Notification,
  NotificationAction,
  NotificationState,
  NotificationMute,
  NotificationChoice,
  NotificationSettings,
  NotificationDigest,
  PushKeys,
  PushSubscription,
  SearchDocument,
  PostViewer,
  ReachedPost,
  PostReach,
  ProfileVisitor,
  ActiveDay,
  ActivePerson,
  SitePosition,
  SiteSum,
  SiteTotal,
  InsightSum,
  InsightSettings,
  Dismissal,
  DiscoverySetting,
  StirringPost,
  TrendingPost,
  Export,
  Import,
  ImportedThing,
  KnownPerson,
  ReportCase,
  Report,
  ModerationLogRow,
  Suspension,
];
