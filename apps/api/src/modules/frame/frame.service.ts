import { Injectable } from '@nestjs/common';
import type { Frame } from '@echomate/contracts/frame.dto';
import { may } from '@echomate/contracts/permissions';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { SiteService } from '../../platform/site/site.service.js';
import { ApplicationsService } from '../auth/applications.service.js';
import { SessionsService } from '../auth/sessions.service.js';
import { ConversationsService } from '../chat/conversations.service.js';
import { FollowsService } from '../follows/follows.service.js';
import { JoiningService } from '../groups/joining.service.js';
import { NotificationsService } from '../notifications/notifications.service.js';

@Injectable()
export class FrameService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly follows: FollowsService,
    private readonly joining: JoiningService,
    private readonly conversations: ConversationsService,
    private readonly notifications: NotificationsService,
    private readonly site: SiteService,
    private readonly applications: ApplicationsService,
  ) {}

  async frame(viewer: RequestViewer): Promise<Frame> {
    const [session, follows, groups, messages, notifications, brand] = await Promise.all([
      this.sessions.current(viewer),
      this.follows.unseen(viewer.userId),
      this.joining.unseen(viewer.userId),
      this.conversations.unread(viewer.userId),
      this.notifications.unseen(viewer.userId),
      this.site.brand(),
    ]);
    const registrations = may(session.user.role, 'registrations.decide')
      ? await this.applications.count()
      : 0;
    return {
      ...session,
      unseen: { follows, groups, messages, notifications, registrations },
      brand,
    };
  }
}
