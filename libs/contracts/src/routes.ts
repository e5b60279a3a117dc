/**
 * Every route that speaks JSON: what it takes and what it answers. Written from the API document by
 * `UPDATE_ROUTES=1 npx nx test-sqlite @echomate/api -- route-map`, and compared with it by the same test.
 */
import type {
  ChangeEmailRequest,
  ChangePasswordRequest,
  CorrectEmailRequest,
  CurrentSession,
  EmailReturned,
  EmailVerified,
  ForgotPasswordRequest,
  FreeHandle,
  LoginRequest,
  MailSent,
  RegisterRequest,
  ResetPasswordRequest,
  ReturnEmailRequest,
  SessionPage,
  VerifyEmailRequest,
} from './auth.dto.js';
import type {
  ConversationDetails,
  ConversationPage,
  FoundMessages,
  Message,
  MessagePage,
  PresenceSetting,
  ReactRequest,
  ReadRequest,
  SendMessageRequest,
  StartConversationRequest,
  UnreadConversations,
  UpdateConversationRequest,
  UpdateMessageRequest,
} from './chat.dto.js';
import type {
  CalendarAddress,
  CalendarState,
  CancelEventRequest,
  CreateEventRequest,
  Event,
  EventAnswerPage,
  EventPage,
  RespondRequest,
  UpdateEventRequest,
} from './events.dto.js';
import type { FeedPage, NewerPosts } from './feed.dto.js';
import type {
  FollowRequestPage,
  FollowState,
  PeoplePage,
  Suggestions,
  UnseenFollows,
} from './follows.dto.js';
import type { Frame } from './frame.dto.js';
import type {
  CreateGroupRequest,
  GroupDetails,
  GroupMemberPage,
  GroupPage,
  GroupSuggestions,
  HandOverRequest,
  InvitablePage,
  InviteRequest,
  Invited,
  JoinRequest,
  PastMembershipPage,
  ReceivedInvitationPage,
  SentInvitationPage,
  UnseenGroups,
  UpdateGroupRequest,
  WaitingRequestPage,
} from './groups.dto.js';
import type { MailboxPage } from './mailbox.dto.js';
import type { Media, UpdateMediaRequest } from './media.dto.js';
import type {
  MuteNotificationsRequest,
  NotificationMutes,
  NotificationPage,
  NotificationPreferences,
  NotificationPreferencesRequest,
  PushState,
  PushSubscriptionRequest,
  ReadNotificationsRequest,
  UnseenNotifications,
} from './notifications.dto.js';
import type {
  AudienceRequest,
  AudienceView,
  Comment,
  CommentPage,
  CreateCommentRequest,
  CreatePostRequest,
  LikeState,
  Post,
  PostHistory,
  PostPage,
  ShareRequest,
  SomePosts,
  UpdateCommentRequest,
  UpdatePostRequest,
} from './posts.dto.js';
import type { ActivityPage, Profile } from './profiles.dto.js';
import type {
  OwnProfile,
  UpdateHandleRequest,
  UpdatePrivacyRequest,
  UpdateProfileRequest,
} from './users.dto.js';

export interface Routes {
  'DELETE /auth/sessions': { answer: undefined };
  'DELETE /auth/sessions/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /comments/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /comments/{id}/like': { asked: { id: string }; answer: LikeState };
  'DELETE /events/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /events/{id}/response': { asked: { id: string }; answer: undefined };
  'DELETE /followers/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /groups/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /groups/{id}/invitations/{userId}': {
    asked: { id: string; userId: string };
    answer: undefined;
  };
  'DELETE /groups/{id}/members/me': { asked: { id: string }; answer: undefined };
  'DELETE /groups/{id}/members/{userId}': {
    asked: { id: string; userId: string };
    answer: undefined;
  };
  'DELETE /groups/{id}/requests/me': { asked: { id: string }; answer: undefined };
  'DELETE /media/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /messages/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /messages/{id}/reaction': { asked: { id: string }; answer: Message };
  'DELETE /notifications/mutes/groups/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /notifications/mutes/posts/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /notifications/push/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /posts/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /posts/{id}/like': { asked: { id: string }; answer: LikeState };
  'DELETE /posts/{id}/pin': { asked: { id: string }; answer: undefined };
  'DELETE /users/me/avatar': { answer: OwnProfile };
  'DELETE /users/me/banner': { answer: OwnProfile };
  'DELETE /users/me/blocks/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /users/me/calendar': { answer: undefined };
  'DELETE /users/me/first-steps': { answer: undefined };
  'DELETE /users/me/mutes/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /users/{id}/follow': { asked: { id: string }; answer: undefined };
  'GET /auth/handle': {
    asked: {
      wanted?: string | undefined;
      firstName?: string | undefined;
      lastName?: string | undefined;
    };
    answer: FreeHandle;
  };
  'GET /auth/session': { answer: CurrentSession };
  'GET /auth/sessions': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: SessionPage;
  };
  'GET /comments/{id}/likes': {
    asked: { id: string; limit?: number | undefined; cursor?: string | undefined };
    answer: PeoplePage;
  };
  'GET /comments/{id}/replies': {
    asked: { id: string; limit?: number | undefined; cursor?: string | undefined };
    answer: CommentPage;
  };
  'GET /conversations': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      archived?: string | undefined;
    };
    answer: ConversationPage;
  };
  'GET /conversations/requests': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: ConversationPage;
  };
  'GET /conversations/search': { asked: { q?: string | undefined }; answer: FoundMessages };
  'GET /conversations/unread': { answer: UnreadConversations };
  'GET /conversations/{id}': { asked: { id: string }; answer: ConversationDetails };
  'GET /conversations/{id}/messages': {
    asked: {
      id: string;
      limit?: number | undefined;
      cursor?: string | undefined;
      after?: string | undefined;
      before?: string | undefined;
      around?: string | undefined;
    };
    answer: MessagePage;
  };
  'GET /conversations/{id}/search': {
    asked: { id: string; q?: string | undefined };
    answer: FoundMessages;
  };
  'GET /dev/mailbox': { answer: MailboxPage };
  'GET /events/{id}': { asked: { id: string; fields?: string | undefined }; answer: Event };
  'GET /events/{id}/responses': {
    asked: {
      id: string;
      limit?: number | undefined;
      cursor?: string | undefined;
      optionId?: string | undefined;
    };
    answer: EventAnswerPage;
  };
  'GET /feed': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      fields?: string | undefined;
      sort?: 'latest' | 'top' | undefined;
    };
    answer: FeedPage;
  };
  'GET /feed/newer': { asked: { after: string }; answer: NewerPosts };
  'GET /follow-requests': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: FollowRequestPage;
  };
  'GET /followers/unseen': { answer: UnseenFollows };
  'GET /frame': { answer: Frame };
  'GET /groups': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      q?: string | undefined;
      fields?: string | undefined;
    };
    answer: GroupPage;
  };
  'GET /groups/suggestions': { answer: GroupSuggestions };
  'GET /groups/unseen': { answer: UnseenGroups };
  'GET /groups/{id}': { asked: { id: string; fields?: string | undefined }; answer: GroupDetails };
  'GET /groups/{id}/conversation': { asked: { id: string }; answer: ConversationDetails };
  'GET /groups/{id}/events': {
    asked: {
      id: string;
      limit?: number | undefined;
      cursor?: string | undefined;
      fields?: string | undefined;
      past?: boolean | undefined;
    };
    answer: EventPage;
  };
  'GET /groups/{id}/invitable': {
    asked: {
      id: string;
      limit?: number | undefined;
      cursor?: string | undefined;
      q?: string | undefined;
      fields?: string | undefined;
    };
    answer: InvitablePage;
  };
  'GET /groups/{id}/invitations': {
    asked: { id: string; limit?: number | undefined; cursor?: string | undefined };
    answer: SentInvitationPage;
  };
  'GET /groups/{id}/members': {
    asked: {
      id: string;
      limit?: number | undefined;
      cursor?: string | undefined;
      q?: string | undefined;
      fields?: string | undefined;
    };
    answer: GroupMemberPage;
  };
  'GET /groups/{id}/pinned': { asked: { id: string }; answer: PostPage };
  'GET /groups/{id}/posts': {
    asked: {
      id: string;
      limit?: number | undefined;
      cursor?: string | undefined;
      fields?: string | undefined;
    };
    answer: PostPage;
  };
  'GET /groups/{id}/requests': {
    asked: { id: string; limit?: number | undefined; cursor?: string | undefined };
    answer: WaitingRequestPage;
  };
  'GET /hashtags/{tag}/posts': {
    asked: {
      tag: string;
      limit?: number | undefined;
      cursor?: string | undefined;
      fields?: string | undefined;
    };
    answer: PostPage;
  };
  'GET /media/{id}': { asked: { id: string }; answer: Media };
  'GET /notifications': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: NotificationPage;
  };
  'GET /notifications/mutes': { answer: NotificationMutes };
  'GET /notifications/preferences': { answer: NotificationPreferences };
  'GET /notifications/push': { answer: PushState };
  'GET /notifications/unseen': { answer: UnseenNotifications };
  'GET /posts': { asked: { fields?: string | undefined; ids: string }; answer: SomePosts };
  'GET /posts/{id}': { asked: { id: string; fields?: string | undefined }; answer: Post };
  'GET /posts/{id}/audience': {
    asked: { id: string; limit?: number | undefined; cursor?: string | undefined };
    answer: AudienceView;
  };
  'GET /posts/{id}/comments': {
    asked: { id: string; limit?: number | undefined; cursor?: string | undefined };
    answer: CommentPage;
  };
  'GET /posts/{id}/history': {
    asked: { id: string; limit?: number | undefined; cursor?: string | undefined };
    answer: PostHistory;
  };
  'GET /posts/{id}/likes': {
    asked: { id: string; limit?: number | undefined; cursor?: string | undefined };
    answer: PeoplePage;
  };
  'GET /posts/{id}/shares': {
    asked: {
      id: string;
      limit?: number | undefined;
      cursor?: string | undefined;
      fields?: string | undefined;
    };
    answer: PostPage;
  };
  'GET /users': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      q?: string | undefined;
      fields?: string | undefined;
    };
    answer: PeoplePage;
  };
  'GET /users/me': { answer: OwnProfile };
  'GET /users/me/blocks': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: PeoplePage;
  };
  'GET /users/me/calendar': { answer: CalendarState };
  'GET /users/me/events': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      fields?: string | undefined;
      from?: string | undefined;
      to?: string | undefined;
    };
    answer: EventPage;
  };
  'GET /users/me/group-invitations': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: ReceivedInvitationPage;
  };
  'GET /users/me/groups': {
    asked: { limit?: number | undefined; cursor?: string | undefined; fields?: string | undefined };
    answer: GroupPage;
  };
  'GET /users/me/memberships': {
    asked: { limit?: number | undefined; cursor?: string | undefined; past?: boolean | undefined };
    answer: PastMembershipPage;
  };
  'GET /users/me/mentions': {
    asked: { limit?: number | undefined; cursor?: string | undefined; fields?: string | undefined };
    answer: PostPage;
  };
  'GET /users/me/mutes': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: PeoplePage;
  };
  'GET /users/me/presence': { answer: PresenceSetting };
  'GET /users/me/view-as': { asked: { as: string }; answer: Profile };
  'GET /users/suggestions': { answer: Suggestions };
  'GET /users/{id}': { asked: { fields?: string | undefined; id: string }; answer: Profile };
  'GET /users/{id}/activity': {
    asked: { limit?: number | undefined; cursor?: string | undefined; id: string };
    answer: ActivityPage;
  };
  'GET /users/{id}/followers': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      q?: string | undefined;
      fields?: string | undefined;
      id: string;
    };
    answer: PeoplePage;
  };
  'GET /users/{id}/following': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      q?: string | undefined;
      fields?: string | undefined;
      id: string;
    };
    answer: PeoplePage;
  };
  'GET /users/{id}/mutuals': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      q?: string | undefined;
      fields?: string | undefined;
      id: string;
    };
    answer: PeoplePage;
  };
  'GET /users/{id}/posts': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      fields?: string | undefined;
      as?: string | undefined;
      id: string;
    };
    answer: PostPage;
  };
  'PATCH /comments/{id}': { asked: { id: string }; body: UpdateCommentRequest; answer: Comment };
  'PATCH /conversations/{id}': {
    asked: { id: string };
    body: UpdateConversationRequest;
    answer: ConversationDetails;
  };
  'PATCH /events/{id}': { asked: { id: string }; body: UpdateEventRequest; answer: Event };
  'PATCH /groups/{id}': { asked: { id: string }; body: UpdateGroupRequest; answer: GroupDetails };
  'PATCH /media/{id}': { asked: { id: string }; body: UpdateMediaRequest; answer: Media };
  'PATCH /messages/{id}': { asked: { id: string }; body: UpdateMessageRequest; answer: Message };
  'PATCH /notifications/preferences': {
    body: NotificationPreferencesRequest;
    answer: NotificationPreferences;
  };
  'PATCH /posts/{id}': { asked: { id: string }; body: UpdatePostRequest; answer: Post };
  'PATCH /users/me': { body: UpdateProfileRequest; answer: OwnProfile };
  'POST /auth/email': { body: ChangeEmailRequest; answer: MailSent };
  'POST /auth/email/return': { body: ReturnEmailRequest; answer: EmailReturned };
  'POST /auth/email/verify': { body: VerifyEmailRequest; answer: EmailVerified };
  'POST /auth/login': { body: LoginRequest; answer: CurrentSession };
  'POST /auth/logout': { answer: undefined };
  'POST /auth/password/forgot': { body: ForgotPasswordRequest; answer: MailSent };
  'POST /auth/password/reset': { body: ResetPasswordRequest; answer: undefined };
  'POST /auth/register': { body: RegisterRequest | FormData; answer: MailSent };
  'POST /auth/register/resend': { answer: MailSent };
  'POST /conversations': { body: StartConversationRequest; answer: ConversationDetails };
  'POST /conversations/{id}/accept': { asked: { id: string }; answer: ConversationDetails };
  'POST /conversations/{id}/decline': { asked: { id: string }; answer: undefined };
  'POST /conversations/{id}/messages': {
    asked: { id: string };
    body: SendMessageRequest;
    answer: Message;
  };
  'POST /events/{id}/cancel': { asked: { id: string }; body: CancelEventRequest; answer: Event };
  'POST /follow-requests/{userId}/accept': { asked: { userId: string }; answer: undefined };
  'POST /follow-requests/{userId}/decline': { asked: { userId: string }; answer: undefined };
  'POST /follow-requests/{userId}/restore': { asked: { userId: string }; answer: undefined };
  'POST /groups': { body: CreateGroupRequest; answer: GroupDetails };
  'POST /groups/{id}/events': { asked: { id: string }; body: CreateEventRequest; answer: Event };
  'POST /groups/{id}/invitation/accept': { asked: { id: string }; answer: undefined };
  'POST /groups/{id}/invitation/decline': { asked: { id: string }; answer: undefined };
  'POST /groups/{id}/invitations': { asked: { id: string }; body: InviteRequest; answer: Invited };
  'POST /groups/{id}/requests': { asked: { id: string }; body: JoinRequest; answer: undefined };
  'POST /groups/{id}/requests/{userId}/accept': {
    asked: { id: string; userId: string };
    answer: undefined;
  };
  'POST /groups/{id}/requests/{userId}/refuse': {
    asked: { id: string; userId: string };
    answer: undefined;
  };
  'POST /groups/{id}/restore': { asked: { id: string }; answer: GroupDetails };
  'POST /mail/unsubscribe/{token}': { asked: { token: string }; answer: undefined };
  'POST /media': { body: FormData; answer: Media };
  'POST /posts': { body: CreatePostRequest; answer: Post };
  'POST /posts/audience-preview': { body: AudienceRequest; answer: AudienceView };
  'POST /posts/{id}/comments': {
    asked: { id: string };
    body: CreateCommentRequest;
    answer: Comment;
  };
  'POST /posts/{id}/restore': { asked: { id: string }; answer: Post };
  'POST /posts/{id}/share': { asked: { id: string }; body: ShareRequest; answer: Post };
  'POST /users/me/calendar': { answer: CalendarAddress };
  'PUT /auth/password': { body: ChangePasswordRequest; answer: undefined };
  'PUT /auth/register/email': { body: CorrectEmailRequest; answer: MailSent };
  'PUT /comments/{id}/like': { asked: { id: string }; answer: LikeState };
  'PUT /conversations/{id}/read': { asked: { id: string }; body: ReadRequest; answer: undefined };
  'PUT /events/{id}/response': { asked: { id: string }; body: RespondRequest; answer: Event };
  'PUT /followers/unseen': { answer: undefined };
  'PUT /groups/{id}/creator': { asked: { id: string }; body: HandOverRequest; answer: undefined };
  'PUT /messages/{id}/reaction': { asked: { id: string }; body: ReactRequest; answer: Message };
  'PUT /notifications/mutes/groups/{id}': {
    asked: { id: string };
    body: MuteNotificationsRequest;
    answer: undefined;
  };
  'PUT /notifications/mutes/posts/{id}': {
    asked: { id: string };
    body: MuteNotificationsRequest;
    answer: undefined;
  };
  'PUT /notifications/push': { body: PushSubscriptionRequest; answer: undefined };
  'PUT /notifications/read': { body: ReadNotificationsRequest; answer: undefined };
  'PUT /notifications/seen': { answer: undefined };
  'PUT /posts/{id}/audience': { asked: { id: string }; body: AudienceRequest; answer: Post };
  'PUT /posts/{id}/like': { asked: { id: string }; answer: LikeState };
  'PUT /posts/{id}/pin': { asked: { id: string }; answer: undefined };
  'PUT /users/me/avatar': { body: FormData; answer: OwnProfile };
  'PUT /users/me/banner': { body: FormData; answer: OwnProfile };
  'PUT /users/me/blocks/{id}': { asked: { id: string }; answer: undefined };
  'PUT /users/me/handle': { body: UpdateHandleRequest; answer: OwnProfile };
  'PUT /users/me/mutes/{id}': { asked: { id: string }; answer: undefined };
  'PUT /users/me/presence': { body: PresenceSetting; answer: PresenceSetting };
  'PUT /users/me/privacy': { body: UpdatePrivacyRequest; answer: OwnProfile };
  'PUT /users/{id}/follow': { asked: { id: string }; answer: FollowState };
}
