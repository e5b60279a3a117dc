import { Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  UnseenFollows,
  FollowRequestPage,
  FollowState,
  PeoplePage,
} from '@echomate/contracts/follows.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { PersonParam } from '../../platform/http/person.param.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { BlocksService } from './blocks.service.js';
import { FollowListsService } from './follow-lists.service.js';
import { FollowsService } from './follows.service.js';

@ApiTags('follows')
@Controller()
export class FollowsController {
  constructor(
    private readonly follows: FollowsService,
    private readonly blocks: BlocksService,
    private readonly lists: FollowListsService,
  ) {}

  /** Follow someone at once, or ask to if their profile is private */
  @Put('users/:id/follow')
  @Refuses('conflict')
  follow(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
  ): Promise<FollowState> {
    return this.follows.follow(userId, id);
  }

  /** Unfollow, or withdraw your request */
  @Delete('users/:id/follow')
  @HttpCode(204)
  unfollow(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
  ): Promise<void> {
    return this.follows.unfollow(userId, id);
  }

  /** How many requests are waiting and how many followers are new */
  @Get('followers/unseen')
  unseen(@CurrentViewer() { userId }: RequestViewer): Promise<UnseenFollows> {
    return this.follows.unseen(userId);
  }

  /** Mark the new followers as seen */
  @Put('followers/unseen')
  @HttpCode(204)
  markSeen(@CurrentViewer() { userId }: RequestViewer): Promise<void> {
    return this.follows.markSeen(userId);
  }

  /** Remove a follower */
  @Delete('followers/:id')
  @HttpCode(204)
  removeFollower(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
  ): Promise<void> {
    return this.follows.removeFollower(userId, id);
  }

  /** Requests to follow you, newest first */
  @Get('follow-requests')
  requests(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PageQuery,
  ): Promise<FollowRequestPage> {
    return this.lists.requests(userId, query);
  }

  /** Accept a follow request */
  @Post('follow-requests/:userId/accept')
  @HttpCode(204)
  accept(
    @CurrentViewer() viewer: RequestViewer,
    @PersonParam('userId') userId: string,
  ): Promise<void> {
    return this.follows.accept(viewer.userId, userId);
  }

  /** Decline a follow request; the same person can ask again a day later */
  @Post('follow-requests/:userId/decline')
  @HttpCode(204)
  decline(
    @CurrentViewer() viewer: RequestViewer,
    @PersonParam('userId') userId: string,
  ): Promise<void> {
    return this.follows.decline(viewer.userId, userId);
  }

  /** Take back declining a request in the last ten minutes; it waits again */
  @Post('follow-requests/:userId/restore')
  @HttpCode(204)
  restoreRequest(
    @CurrentViewer() viewer: RequestViewer,
    @PersonParam('userId') userId: string,
  ): Promise<void> {
    return this.follows.restoreRequest(viewer.userId, userId);
  }

  /** People you have blocked */
  @Get('users/me/blocks')
  blocked(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PageQuery,
  ): Promise<PeoplePage> {
    return this.blocks.blocked(userId, query);
  }

  /** Block someone: you no longer see each other, and all follows between you end */
  @Put('users/me/blocks/:id')
  @HttpCode(204)
  @Refuses('conflict')
  block(@CurrentViewer() { userId }: RequestViewer, @PersonParam('id') id: string): Promise<void> {
    return this.blocks.block(userId, id);
  }

  /** Unblock someone; follows are not restored */
  @Delete('users/me/blocks/:id')
  @HttpCode(204)
  unblock(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
  ): Promise<void> {
    return this.blocks.unblock(userId, id);
  }

  /** People you have muted */
  @Get('users/me/mutes')
  muted(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PageQuery,
  ): Promise<PeoplePage> {
    return this.blocks.muted(userId, query);
  }

  /** Mute someone: you no longer see what they do, and they are not told */
  @Put('users/me/mutes/:id')
  @HttpCode(204)
  @Refuses('conflict')
  mute(@CurrentViewer() { userId }: RequestViewer, @PersonParam('id') id: string): Promise<void> {
    return this.blocks.mute(userId, id);
  }

  /** Unmute someone */
  @Delete('users/me/mutes/:id')
  @HttpCode(204)
  unmute(@CurrentViewer() { userId }: RequestViewer, @PersonParam('id') id: string): Promise<void> {
    return this.blocks.unmute(userId, id);
  }
}
