import { Injectable } from '@nestjs/common';
import type { Frame } from '@echomate/contracts/frame.dto';
import type { RequestViewer } from '../../platform/http/viewer.js';
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
  ) {}

  async frame(viewer: RequestViewer): Promise<Frame> {
    const [session, follows, groups, messages, notifications] = await Promise.all([
      this.sessions.current(viewer),
      this.follows.unseen(viewer.userId),
      this.joining.unseen(viewer.userId),
      this.conversations.unread(viewer.userId),
      this.notifications.unseen(viewer.userId),
    ]);
    return { ...session, unseen: { follows, groups, messages, notifications } };
  }
}
