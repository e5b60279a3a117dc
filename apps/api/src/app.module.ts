import { Module } from '@nestjs/common';
import { DatabaseModule } from './database/database.module.js';
import { AccessModule } from './access/access.module.js';
import { AdminModule } from './modules/admin/admin.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { ChatModule } from './modules/chat/chat.module.js';
import { DiscoveryModule } from './modules/discovery/discovery.module.js';
import { FollowsModule } from './modules/follows/follows.module.js';
import { EventsModule } from './modules/events/events.module.js';
import { FeedModule } from './modules/feed/feed.module.js';
import { FrameModule } from './modules/frame/frame.module.js';
import { GroupsModule } from './modules/groups/groups.module.js';
import { InsightsModule } from './modules/insights/insights.module.js';
import { ImportingModule } from './modules/importing/importing.module.js';
import { LeavingModule } from './modules/leaving/leaving.module.js';
import { LiveModule } from './modules/live/live.module.js';
import { MediaModule } from './modules/media/media.module.js';
import { ModerationModule } from './modules/moderation/moderation.module.js';
import { NotificationsModule } from './modules/notifications/notifications.module.js';
import { OutsideLoginsModule } from './modules/outside-logins/outside-logins.module.js';
import { PostsModule } from './modules/posts/posts.module.js';
import { ProfilesModule } from './modules/profiles/profiles.module.js';
import { SearchModule } from './modules/search/search.module.js';
import { SecondFactorsModule } from './modules/second-factors/second-factors.module.js';
import { UsersModule } from './modules/users/users.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import { DomainEventsModule } from './platform/domain-events/domain-events.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';
import { ImagesModule } from './platform/images/images.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import { OutgoingModule } from './platform/outgoing/outgoing.module.js';
import { RealtimeModule } from './platform/realtime/realtime.module.js';
import { RedisModule } from './platform/redis/redis.module.js';
import { PersonalDataModule } from './platform/personal-data/personal-data.module.js';
import { StorageModule } from './platform/storage/storage.module.js';
import { SiteModule } from './platform/site/site.module.js';
import { VideoModule } from './platform/video/video.module.js';
import { ActivityModule } from './platform/activity/activity.module.js';
import { VisitsModule } from './platform/visits/visits.module.js';

@Module({
  imports: [
    ConfigModule,
    LoggingModule,
    DatabaseModule,
    RedisModule,
    HttpModule,
    RealtimeModule,
    DomainEventsModule,
    JobsModule,
    IdempotencyModule,
    PersonalDataModule,
    MailModule,
    OutgoingModule,
    StorageModule,
    ImagesModule,
    VideoModule,
    ActivityModule,
    VisitsModule,
    SiteModule,
    HealthModule,
    AccessModule,
    UsersModule,
    AuthModule,
    SecondFactorsModule,
    OutsideLoginsModule,
    FollowsModule,
    ProfilesModule,
    MediaModule,
    GroupsModule,
    PostsModule,
    EventsModule,
    FeedModule,
    ChatModule,
    NotificationsModule,
    DiscoveryModule,
    LiveModule,
    SearchModule,
    InsightsModule,
    LeavingModule,
    ImportingModule,
    ModerationModule,
    AdminModule,
    FrameModule,
  ],
})
export class AppModule {}
