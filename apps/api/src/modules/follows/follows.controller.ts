import { Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  UnseenFollows,
  FollowRequestPage,
  FollowState,
  PeoplePage,
} from '@echomate/contracts/follows.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { BlocksService } from './blocks.service.js';
import { FollowsService } from './follows.service.js';
import { ProfilesService } from './profiles.service.js';

@ApiTags('follows')
@Controller()
export class FollowsController {
  constructor(
    private readonly follows: FollowsService,
    private readonly blocks: BlocksService,
    private readonly profiles: ProfilesService,
  ) {}

  /** Follow a public person at once, or ask a private one */
  @Put('users/:id/follow')
  @Refuses('conflict')
  follow(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<FollowState> {
    return this.follows.follow(userId, id);
  }

  /** Unfollow, or take a request back */
  @Delete('users/:id/follow')
  @HttpCode(204)
  unfollow(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.follows.unfollow(userId, id);
  }

  /** How many requests wait and how many followers are new */
  @Get('followers/unseen')
  unseen(@CurrentViewer() { userId }: RequestViewer): Promise<UnseenFollows> {
    return this.profiles.unseen(userId);
  }

  /** Mark the new followers as seen */
  @Put('followers/unseen')
  @HttpCode(204)
  markSeen(@CurrentViewer() { userId }: RequestViewer): Promise<void> {
    return this.profiles.markSeen(userId);
  }

  /** Remove a follower */
  @Delete('followers/:id')
  @HttpCode(204)
  removeFollower(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.follows.removeFollower(userId, id);
  }

  /** Who asks to follow, newest first */
  @Get('follow-requests')
  requests(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PageQuery,
  ): Promise<FollowRequestPage> {
    return this.profiles.requests(userId, query);
  }

  /** Let someone follow who asked */
  @Post('follow-requests/:userId/accept')
  @HttpCode(204)
  accept(
    @CurrentViewer() viewer: RequestViewer,
    @Param('userId', UuidPipe) userId: string,
  ): Promise<void> {
    return this.follows.accept(viewer.userId, userId);
  }

  /** Decline a request; the same person may ask again after a day */
  @Post('follow-requests/:userId/decline')
  @HttpCode(204)
  decline(
    @CurrentViewer() viewer: RequestViewer,
    @Param('userId', UuidPipe) userId: string,
  ): Promise<void> {
    return this.follows.decline(viewer.userId, userId);
  }

  /** Whom one has blocked */
  @Get('users/me/blocks')
  blocked(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PageQuery,
  ): Promise<PeoplePage> {
    return this.blocks.blocked(userId, query);
  }

  /** Block: both disappear from each other, and all follows between them end */
  @Put('users/me/blocks/:id')
  @HttpCode(204)
  @Refuses('conflict')
  block(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.blocks.block(userId, id);
  }

  /** Unblock; follows do not come back */
  @Delete('users/me/blocks/:id')
  @HttpCode(204)
  unblock(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.blocks.unblock(userId, id);
  }

  /** Whom one has muted */
  @Get('users/me/mutes')
  muted(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PageQuery,
  ): Promise<PeoplePage> {
    return this.blocks.muted(userId, query);
  }

  /** Mute: one stops seeing what the person does; they notice nothing */
  @Put('users/me/mutes/:id')
  @HttpCode(204)
  @Refuses('conflict')
  mute(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.blocks.mute(userId, id);
  }

  /** Unmute */
  @Delete('users/me/mutes/:id')
  @HttpCode(204)
  unmute(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.blocks.unmute(userId, id);
  }
}
