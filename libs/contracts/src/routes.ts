/**
 * Every route that speaks JSON: what it takes and what it answers. Written from the API document by
 * `UPDATE_ROUTES=1 npx nx test-sqlite @echomate/api -- route-map`, and compared with it by the same test.
 */
import type {
  AdminPerson,
  AdminPersonPage,
  ApplicationPage,
  ChangeRoleRequest,
  CreateInvitationRequest,
  InvitationOffer,
  InvitationPage,
  NewInvitation,
  RefuseApplicationRequest,
} from './admin.dto.js';
import type {
  AccountEnd,
  ChangeEmailRequest,
  ChangePasswordRequest,
  CorrectEmailRequest,
  CurrentSession,
  EmailReturned,
  EmailVerified,
  ForgotPasswordRequest,
  FreeHandle,
  LoggedIn,
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
  DiscoveredPostPage,
  DiscoverySettings,
  DismissalPage,
  GroupSuggestions,
  PersonSuggestions,
  TrendingHashtags,
} from './discovery.dto.js';
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
import type { FollowRequestPage, FollowState, PeoplePage, UnseenFollows } from './follows.dto.js';
import type { Frame } from './frame.dto.js';
import type {
  CreateGroupRequest,
  GroupDetails,
  GroupMemberPage,
  GroupPage,
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
import type { HistoryPage } from './history.dto.js';
import type { DataImport, KnownPeople, OwnImport } from './importing.dto.js';
import type {
  InsightSettings,
  InsightSettingsRequest,
  Insights,
  PostInsights,
  VisitsRequest,
} from './insights.dto.js';
import type {
  AccountLeaving,
  DataExport,
  DeactivateRequest,
  DeleteAccountRequest,
  ExportRequest,
  OwnExport,
  RunGroups,
} from './leaving.dto.js';
import type { MailboxPage } from './mailbox.dto.js';
import type { Media, UpdateMediaRequest } from './media.dto.js';
import type {
  AppealAnswerRequest,
  AppealRequest,
  Case,
  CasePage,
  DecisionRequest,
  ModerationNumbers,
  OwnDecision,
  OwnSuspension,
  ReportRequest,
} from './moderation.dto.js';
import type {
  MuteNotificationsRequest,
  NotificationMutes,
  NotificationPage,
  NotificationPreferences,
  NotificationPreferencesRequest,
  PushState,
  PushSubscriptionRequest,
  ReadNotificationsRequest,
  SeenNotificationsRequest,
  UnseenNotifications,
} from './notifications.dto.js';
import type {
  BeginOutsideLogin,
  ConnectLogin,
  ConnectedLogins,
  DisconnectLogin,
  FinishOutsideLogin,
  OutsideBegun,
  OutsideFinished,
  OutsideProviders,
  RegisterFromOutside,
  UnfinishedLogin,
} from './outside-logins.dto.js';
import type {
  AudienceRequest,
  AudienceView,
  Comment,
  CommentPage,
  CommentThread,
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
  CreateTokenRequest,
  NewToken,
  ProgramPage,
  RefreshRequest,
  RevokeRequest,
  TokenLoginRequest,
  TokenPair,
} from './programs.dto.js';
import type { FoundEvents, FoundHashtags, FoundPosts, SearchOverview } from './search.dto.js';
import type {
  AddPasskeyRequest,
  AppSetup,
  ConfirmAppRequest,
  FreshProof,
  Passkey,
  PasskeyAnswer,
  PasskeyOffer,
  PasskeyQuestion,
  Passkeys,
  RecoveryCodes,
  RenamePasskeyRequest,
  SecondStepChoices,
  SecondStepRequest,
  TwoStepOn,
  TwoStepState,
} from './second-factors.dto.js';
import type { Site, SiteSettings, UpdateSiteRequest } from './site.dto.js';
import type { Statistics } from './statistics.dto.js';
import type {
  OwnProfile,
  UpdateHandleRequest,
  UpdatePrivacyRequest,
  UpdateProfileRequest,
} from './users.dto.js';

export interface Routes {
  'DELETE /admin/invitations/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /admin/site/logo': { answer: SiteSettings };
  'DELETE /auth/sessions': { answer: undefined };
  'DELETE /auth/sessions/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /auth/tokens/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /comments/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /comments/{id}/like': { asked: { id: string }; answer: LikeState };
  'DELETE /discovery/dismissals/groups/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /discovery/dismissals/hashtags/{tag}': { asked: { tag: string }; answer: undefined };
  'DELETE /discovery/dismissals/people/{id}': { asked: { id: string }; answer: undefined };
  'DELETE /discovery/dismissals/posts/{id}': { asked: { id: string }; answer: undefined };
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
  'DELETE /moderation/cases/{id}/claim': { asked: { id: string }; answer: undefined };
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
  'GET /admin/invitations': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: InvitationPage;
  };
  'GET /admin/people': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      q?: string | undefined;
      role?: 'member' | 'moderator' | 'admin' | undefined;
    };
    answer: AdminPersonPage;
  };
  'GET /admin/people/{id}': { asked: { id: string }; answer: AdminPerson };
  'GET /admin/registrations': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: ApplicationPage;
  };
  'GET /admin/site': { answer: SiteSettings };
  'GET /admin/statistics': {
    asked: { range?: 'week' | 'month' | 'year' | undefined };
    answer: Statistics;
  };
  'GET /auth/handle': {
    asked: {
      wanted?: string | undefined;
      firstName?: string | undefined;
      lastName?: string | undefined;
    };
    answer: FreeHandle;
  };
  'GET /auth/history': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: HistoryPage;
  };
  'GET /auth/invitation': { asked: { token: string }; answer: InvitationOffer };
  'GET /auth/leaving': { answer: AccountEnd };
  'GET /auth/outside': { answer: OutsideProviders };
  'GET /auth/outside/connected': { answer: ConnectedLogins };
  'GET /auth/outside/unfinished': { answer: UnfinishedLogin };
  'GET /auth/passkeys': { answer: Passkeys };
  'GET /auth/second-factor': { answer: SecondStepChoices };
  'GET /auth/session': { answer: CurrentSession };
  'GET /auth/sessions': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: SessionPage;
  };
  'GET /auth/tokens': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: ProgramPage;
  };
  'GET /auth/two-step': { answer: TwoStepState };
  'GET /comments/{id}': { asked: { id: string }; answer: CommentThread };
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
  'GET /decisions/{id}': { asked: { id: string }; answer: OwnDecision };
  'GET /dev/mailbox': { answer: MailboxPage };
  'GET /discovery/dismissals': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: DismissalPage;
  };
  'GET /discovery/groups': { asked: { limit?: number | undefined }; answer: GroupSuggestions };
  'GET /discovery/hashtags': { asked: { limit?: number | undefined }; answer: TrendingHashtags };
  'GET /discovery/people': { asked: { limit?: number | undefined }; answer: PersonSuggestions };
  'GET /discovery/posts': {
    asked: { limit?: number | undefined; cursor?: string | undefined; fields?: string | undefined };
    answer: DiscoveredPostPage;
  };
  'GET /discovery/settings': { answer: DiscoverySettings };
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
  'GET /insights': { asked: { range?: 'week' | 'month' | 'year' | undefined }; answer: Insights };
  'GET /insights/settings': { answer: InsightSettings };
  'GET /media/{id}': { asked: { id: string }; answer: Media };
  'GET /moderation/cases': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      state?: 'open' | 'appealed' | 'decided' | undefined;
    };
    answer: CasePage;
  };
  'GET /moderation/cases/{id}': { asked: { id: string }; answer: Case };
  'GET /moderation/numbers': { answer: ModerationNumbers };
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
  'GET /posts/{id}/insights': { asked: { id: string }; answer: PostInsights };
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
  'GET /search': {
    asked: { zone?: string | undefined; q?: string | undefined };
    answer: SearchOverview;
  };
  'GET /search/events': {
    asked: { limit?: number | undefined; cursor?: string | undefined; q?: string | undefined };
    answer: FoundEvents;
  };
  'GET /search/hashtags': { asked: { q?: string | undefined }; answer: FoundHashtags };
  'GET /search/posts': {
    asked: {
      limit?: number | undefined;
      cursor?: string | undefined;
      sort?: 'newest' | 'best' | undefined;
      zone?: string | undefined;
      q?: string | undefined;
    };
    answer: FoundPosts;
  };
  'GET /site': { answer: Site };
  'GET /suspension': { answer: OwnSuspension };
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
  'GET /users/me/deletion/groups': { answer: RunGroups };
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
  'GET /users/me/export': { answer: OwnExport };
  'GET /users/me/group-invitations': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: ReceivedInvitationPage;
  };
  'GET /users/me/groups': {
    asked: { limit?: number | undefined; cursor?: string | undefined; fields?: string | undefined };
    answer: GroupPage;
  };
  'GET /users/me/import': { answer: OwnImport };
  'GET /users/me/import/people': {
    asked: { limit?: number | undefined; cursor?: string | undefined };
    answer: KnownPeople;
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
  'PATCH /admin/site': { body: UpdateSiteRequest; answer: SiteSettings };
  'PATCH /auth/passkeys/{id}': {
    asked: { id: string };
    body: RenamePasskeyRequest;
    answer: Passkey;
  };
  'PATCH /comments/{id}': { asked: { id: string }; body: UpdateCommentRequest; answer: Comment };
  'PATCH /conversations/{id}': {
    asked: { id: string };
    body: UpdateConversationRequest;
    answer: ConversationDetails;
  };
  'PATCH /events/{id}': { asked: { id: string }; body: UpdateEventRequest; answer: Event };
  'PATCH /groups/{id}': { asked: { id: string }; body: UpdateGroupRequest; answer: GroupDetails };
  'PATCH /insights/settings': { body: InsightSettingsRequest; answer: InsightSettings };
  'PATCH /media/{id}': { asked: { id: string }; body: UpdateMediaRequest; answer: Media };
  'PATCH /messages/{id}': { asked: { id: string }; body: UpdateMessageRequest; answer: Message };
  'PATCH /notifications/preferences': {
    body: NotificationPreferencesRequest;
    answer: NotificationPreferences;
  };
  'PATCH /posts/{id}': { asked: { id: string }; body: UpdatePostRequest; answer: Post };
  'PATCH /users/me': { body: UpdateProfileRequest; answer: OwnProfile };
  'POST /admin/invitations': { body: CreateInvitationRequest; answer: NewInvitation };
  'POST /admin/registrations/{id}/accept': { asked: { id: string }; answer: undefined };
  'POST /admin/registrations/{id}/refuse': {
    asked: { id: string };
    body: RefuseApplicationRequest;
    answer: undefined;
  };
  'POST /auth/email': { body: ChangeEmailRequest; answer: MailSent };
  'POST /auth/email/return': { body: ReturnEmailRequest; answer: EmailReturned };
  'POST /auth/email/verify': { body: VerifyEmailRequest; answer: EmailVerified };
  'POST /auth/leaving/keep': { answer: LoggedIn };
  'POST /auth/login': { body: LoginRequest; answer: LoggedIn };
  'POST /auth/logout': { answer: undefined };
  'POST /auth/outside/connect': { body: ConnectLogin; answer: OutsideFinished };
  'POST /auth/outside/connected/{id}/disconnect': {
    asked: { id: string };
    body: DisconnectLogin;
    answer: undefined;
  };
  'POST /auth/outside/providers/{name}/begin': {
    asked: { name: string };
    body: BeginOutsideLogin;
    answer: OutsideBegun;
  };
  'POST /auth/outside/providers/{name}/finish': {
    asked: { name: string };
    body: FinishOutsideLogin;
    answer: OutsideFinished;
  };
  'POST /auth/outside/register': { body: RegisterFromOutside; answer: OutsideFinished };
  'POST /auth/passkeys': { body: AddPasskeyRequest; answer: Passkey };
  'POST /auth/passkeys/challenge': { answer: PasskeyQuestion };
  'POST /auth/passkeys/log-in': { body: PasskeyAnswer; answer: LoggedIn };
  'POST /auth/passkeys/offer': { body: FreshProof; answer: PasskeyOffer };
  'POST /auth/passkeys/{id}/removal': {
    asked: { id: string };
    body: FreshProof;
    answer: undefined;
  };
  'POST /auth/password/forgot': { body: ForgotPasswordRequest; answer: MailSent };
  'POST /auth/password/reset': { body: ResetPasswordRequest; answer: undefined };
  'POST /auth/proof/challenge': { answer: PasskeyQuestion };
  'POST /auth/register': { body: RegisterRequest | FormData; answer: MailSent };
  'POST /auth/register/resend': { answer: MailSent };
  'POST /auth/second-factor': { body: SecondStepRequest; answer: LoggedIn };
  'POST /auth/second-factor/challenge': { answer: PasskeyQuestion };
  'POST /auth/token': { body: TokenLoginRequest; answer: TokenPair };
  'POST /auth/token/refresh': { body: RefreshRequest; answer: TokenPair };
  'POST /auth/token/revoke': { body: RevokeRequest; answer: undefined };
  'POST /auth/tokens': { body: CreateTokenRequest; answer: NewToken };
  'POST /auth/two-step/app': { body: FreshProof; answer: AppSetup };
  'POST /auth/two-step/off': { body: FreshProof; answer: undefined };
  'POST /auth/two-step/passkeys': { body: FreshProof; answer: TwoStepOn };
  'POST /auth/two-step/recovery-codes': { body: FreshProof; answer: RecoveryCodes };
  'POST /conversations': { body: StartConversationRequest; answer: ConversationDetails };
  'POST /conversations/{id}/accept': { asked: { id: string }; answer: ConversationDetails };
  'POST /conversations/{id}/decline': { asked: { id: string }; answer: undefined };
  'POST /conversations/{id}/messages': {
    asked: { id: string };
    body: SendMessageRequest;
    answer: Message;
  };
  'POST /decisions/{id}/appeal': {
    asked: { id: string };
    body: AppealRequest;
    answer: OwnDecision;
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
  'POST /moderation/cases/{id}/undo': { asked: { id: string }; answer: Case };
  'POST /posts': { body: CreatePostRequest; answer: Post };
  'POST /posts/audience-preview': { body: AudienceRequest; answer: AudienceView };
  'POST /posts/{id}/comments': {
    asked: { id: string };
    body: CreateCommentRequest;
    answer: Comment;
  };
  'POST /posts/{id}/restore': { asked: { id: string }; answer: Post };
  'POST /posts/{id}/share': { asked: { id: string }; body: ShareRequest; answer: Post };
  'POST /reports': { body: ReportRequest; answer: undefined };
  'POST /suspension/appeal': { body: AppealRequest; answer: OwnSuspension };
  'POST /users/me/calendar': { answer: CalendarAddress };
  'POST /users/me/deactivation': { body: DeactivateRequest; answer: undefined };
  'POST /users/me/deletion': { body: DeleteAccountRequest; answer: AccountLeaving };
  'POST /users/me/export': { body: ExportRequest; answer: DataExport };
  'POST /users/me/import': { body: FormData; answer: DataImport };
  'POST /visits': { body: VisitsRequest; answer: undefined };
  'PUT /admin/people/{id}/role': {
    asked: { id: string };
    body: ChangeRoleRequest;
    answer: undefined;
  };
  'PUT /admin/site/logo': { body: FormData; answer: SiteSettings };
  'PUT /auth/password': { body: ChangePasswordRequest; answer: undefined };
  'PUT /auth/register/email': { body: CorrectEmailRequest; answer: MailSent };
  'PUT /auth/two-step/app': { body: ConfirmAppRequest; answer: TwoStepOn };
  'PUT /comments/{id}/like': { asked: { id: string }; answer: LikeState };
  'PUT /conversations/{id}/read': { asked: { id: string }; body: ReadRequest; answer: undefined };
  'PUT /discovery/dismissals/groups/{id}': { asked: { id: string }; answer: undefined };
  'PUT /discovery/dismissals/hashtags/{tag}': { asked: { tag: string }; answer: undefined };
  'PUT /discovery/dismissals/people/{id}': { asked: { id: string }; answer: undefined };
  'PUT /discovery/dismissals/posts/{id}': { asked: { id: string }; answer: undefined };
  'PUT /discovery/settings': { body: DiscoverySettings; answer: DiscoverySettings };
  'PUT /events/{id}/response': { asked: { id: string }; body: RespondRequest; answer: Event };
  'PUT /followers/unseen': { answer: undefined };
  'PUT /groups/{id}/creator': { asked: { id: string }; body: HandOverRequest; answer: undefined };
  'PUT /messages/{id}/reaction': { asked: { id: string }; body: ReactRequest; answer: Message };
  'PUT /moderation/cases/{id}/appeal': {
    asked: { id: string };
    body: AppealAnswerRequest;
    answer: Case;
  };
  'PUT /moderation/cases/{id}/claim': { asked: { id: string }; answer: Case };
  'PUT /moderation/cases/{id}/decision': {
    asked: { id: string };
    body: DecisionRequest;
    answer: Case;
  };
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
  'PUT /notifications/seen': { body: SeenNotificationsRequest; answer: undefined };
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
