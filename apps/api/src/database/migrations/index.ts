import { CreateJobs1764000000001 } from './0001-create-jobs.js';
import { CreateUsers1764000000002 } from './0002-create-users.js';
import { CreateRegistrations1764000000003 } from './0003-create-registrations.js';
import { CreateEmailTokens1764000000004 } from './0004-create-email-tokens.js';
import { CreateSessions1764000000005 } from './0005-create-sessions.js';
import { CreateFollows1764000000006 } from './0006-create-follows.js';
import { CreateBlocksAndMutes1764000000007 } from './0007-create-blocks-and-mutes.js';
import { AddBannerAndSearchName1764000000008 } from './0008-add-banner-and-search-name.js';
import { CreateMedia1764000000009 } from './0009-create-media.js';
import { CreatePosts1764000000010 } from './0010-create-posts.js';
import { CreateCommentsAndLikes1764000000011 } from './0011-create-comments-and-likes.js';
import { CreateFeed1764000000012 } from './0012-create-feed.js';
import { CreateIdempotencyKeys1764000000013 } from './0013-create-idempotency-keys.js';
import { VersionCredentials1764000000014 } from './0014-version-credentials.js';
import { KnowTheRegisteringBrowser1764000000015 } from './0015-know-the-registering-browser.js';
import { GiveVersionsAudiences1764000000016 } from './0016-give-versions-audiences.js';
import { CreateUserNames1764000000017 } from './0017-create-user-names.js';
import { IndexBlocksAndMutes1764000000018 } from './0018-index-blocks-and-mutes.js';
import { GiveHashtagsReach1764000000019 } from './0019-give-hashtags-reach.js';
import { IndexChosenFollowers1764000000020 } from './0020-index-chosen-followers.js';
import { RenameFeedJobs1764000000021 } from './0021-rename-feed-jobs.js';
import { BatchJobs1764000000022 } from './0022-batch-jobs.js';
import { GiveMediaSubjects1764000000023 } from './0023-give-media-subjects.js';
import { MakeProfilePicturesMedia1764000000024 } from './0024-make-profile-pictures-media.js';
import { SplitLikesBySubject1764000000025 } from './0025-split-likes-by-subject.js';
import { GiveAccountsStates1764000000026 } from './0026-give-accounts-states.js';
import { MarkWhatIsCounted1764000000027 } from './0027-mark-what-is-counted.js';
import { GiveHandles1764000000030 } from './0030-give-handles.js';
import { FindRegistrations1764000000031 } from './0031-find-registrations.js';
import { KnowWhoIsSettled1764000000032 } from './0032-know-who-is-settled.js';
import { CreateGroups1764000000033 } from './0033-create-groups.js';
import { GivePostsGroups1764000000034 } from './0034-give-posts-groups.js';
import { GiveMediaGroups1764000000035 } from './0035-give-media-groups.js';
import { CreateEvents1764000000036 } from './0036-create-events.js';
import { CreateEventAnswers1764000000037 } from './0037-create-event-answers.js';
import { CreateCalendars1764000000038 } from './0038-create-calendars.js';
import { GiveEventsPosts1764000000039 } from './0039-give-events-posts.js';
import { CreateNotifications1764000000040 } from './0040-create-notifications.js';
import { CreateNotificationChoices1764000000041 } from './0041-create-notification-choices.js';
import { CreateConversations1764000000050 } from './0050-create-conversations.js';
import { GiveMediaMessages1764000000051 } from './0051-give-media-messages.js';
import { GiveNotificationsChannels1764000000052 } from './0052-give-notifications-channels.js';
import { CreateDigests1764000000053 } from './0053-create-digests.js';
import { CreatePushSubscriptions1764000000054 } from './0054-create-push-subscriptions.js';
import { CreateSearch1764000000055 } from './0055-create-search.js';
import { ForgiveSlipsInNames1764000000056 } from './0056-forgive-slips-in-names.js';
import { CreateInsights1764000000060 } from './0060-create-insights.js';
import { CreateInsightSettings1764000000061 } from './0061-create-insight-settings.js';
import { CreateDismissals1764000000063 } from './0063-create-dismissals.js';
import { CreateDiscoverySettings1764000000064 } from './0064-create-discovery-settings.js';
import { CreateDiscoveryHints1764000000065 } from './0065-create-discovery-hints.js';
import { CreateSiteSettings1764000000070 } from './0070-create-site-settings.js';
import { FindRoles1764000000071 } from './0071-find-roles.js';
import { CreateInvitations1764000000072 } from './0072-create-invitations.js';
import { LetRegistrationsWait1764000000073 } from './0073-let-registrations-wait.js';
import { CreateExports1764000000080 } from './0080-create-exports.js';
import { CreateReports1764000000085 } from './0085-create-reports.js';
import { CreateModerationLog1764000000086 } from './0086-create-moderation-log.js';
import { KeepWhatIsRemoved1764000000087 } from './0087-keep-what-is-removed.js';
import { LetPeopleAppeal1764000000088 } from './0088-let-people-appeal.js';
import { CreateTwoStepLogins1764000000090 } from './0090-create-two-step-logins.js';
import { CreatePasskeys1764000000091 } from './0091-create-passkeys.js';
import { CreatePrograms1764000000095 } from './0095-create-programs.js';
import { CreateAccountHistory1764000000096 } from './0096-create-account-history.js';
import { LetAccountsHaveNoPassword1764000000100 } from './0100-let-accounts-have-no-password.js';
import { CreateIdentities1764000000101 } from './0101-create-identities.js';
import { CreateImports1764000000105 } from './0105-create-imports.js';
import { MarkImportedPosts1764000000106 } from './0106-mark-imported-posts.js';
import { GiveSitesALook1764000000110 } from './0110-give-sites-a-look.js';
import { CountModeration1764000000111 } from './0111-count-moderation.js';
import { CountWhatWasImported1764000000115 } from './0115-count-what-was-imported.js';
import { IndexBeginningsForChosenReaders1764000000116 } from './0116-index-beginnings-for-chosen-readers.js';
import { CreateStatistics1764000000117 } from './0117-create-statistics.js';
import { FindTheNewestInAScope1764000000118 } from './0118-find-the-newest-in-a-scope.js';
import { KnowWhoDeclines1764000000119 } from './0119-know-who-declines.js';
import { KnowWhichJobTold1764000000120 } from './0120-know-which-job-told.js';
import { FindWhoHasReadFurthest1764000000121 } from './0121-find-who-has-read-furthest.js';
import { FindTheNewestGroups1764000000122 } from './0122-find-the-newest-groups.js';

/** In the order of application. Never edit a released migration: add another. */
export const MIGRATIONS = [
  CreateJobs1764000000001,
  CreateUsers1764000000002,
  CreateRegistrations1764000000003,
  CreateEmailTokens1764000000004,
  CreateSessions1764000000005,
  CreateFollows1764000000006,
  CreateBlocksAndMutes1764000000007,
  AddBannerAndSearchName1764000000008,
  CreateMedia1764000000009,
  CreatePosts1764000000010,
  CreateCommentsAndLikes1764000000011,
  CreateFeed1764000000012,
  CreateIdempotencyKeys1764000000013,
  VersionCredentials1764000000014,
  KnowTheRegisteringBrowser1764000000015,
  GiveVersionsAudiences1764000000016,
  CreateUserNames1764000000017,
  IndexBlocksAndMutes1764000000018,
  GiveHashtagsReach1764000000019,
  IndexChosenFollowers1764000000020,
  RenameFeedJobs1764000000021,
  BatchJobs1764000000022,
  GiveMediaSubjects1764000000023,
  MakeProfilePicturesMedia1764000000024,
  SplitLikesBySubject1764000000025,
  GiveAccountsStates1764000000026,
  MarkWhatIsCounted1764000000027,
  GiveHandles1764000000030,
  FindRegistrations1764000000031,
  KnowWhoIsSettled1764000000032,
  CreateGroups1764000000033,
  GivePostsGroups1764000000034,
  GiveMediaGroups1764000000035,
  CreateEvents1764000000036,
  CreateEventAnswers1764000000037,
  CreateCalendars1764000000038,
  GiveEventsPosts1764000000039,
  CreateNotifications1764000000040,
  CreateNotificationChoices1764000000041,
  CreateConversations1764000000050,
  GiveMediaMessages1764000000051,
  GiveNotificationsChannels1764000000052,
  CreateDigests1764000000053,
  CreatePushSubscriptions1764000000054,
  CreateSearch1764000000055,
  ForgiveSlipsInNames1764000000056,
  CreateInsights1764000000060,
  CreateInsightSettings1764000000061,
  CreateDismissals1764000000063,
  CreateDiscoverySettings1764000000064,
  CreateDiscoveryHints1764000000065,
  CreateSiteSettings1764000000070,
  FindRoles1764000000071,
  CreateInvitations1764000000072,
  LetRegistrationsWait1764000000073,
  CreateExports1764000000080,
  CreateReports1764000000085,
  CreateModerationLog1764000000086,
  KeepWhatIsRemoved1764000000087,
  LetPeopleAppeal1764000000088,
  CreateTwoStepLogins1764000000090,
  CreatePasskeys1764000000091,
  CreatePrograms1764000000095,
  CreateAccountHistory1764000000096,
  LetAccountsHaveNoPassword1764000000100,
  CreateIdentities1764000000101,
  CreateImports1764000000105,
  MarkImportedPosts1764000000106,
  GiveSitesALook1764000000110,
  CountModeration1764000000111,
  CountWhatWasImported1764000000115,
  IndexBeginningsForChosenReaders1764000000116,
  CreateStatistics1764000000117,
  FindTheNewestInAScope1764000000118,
  KnowWhoDeclines1764000000119,
  KnowWhichJobTold1764000000120,
  FindWhoHasReadFurthest1764000000121,
  FindTheNewestGroups1764000000122,
];
