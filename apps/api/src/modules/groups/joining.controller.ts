import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeopleQuery } from '@echomate/contracts/follows.dto';
import {
  InvitablePage,
  Invited,
  InviteRequest,
  JoinRequest,
  ReceivedInvitationPage,
  SentInvitationPage,
  WaitingRequestPage,
} from '@echomate/contracts/groups.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { PersonParam } from '../../platform/http/person.param.js';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { JoiningService } from './joining.service.js';

/** Each may reach fifty people. */
const INVITING = { perMinutes: 60, perAddress: 300, perAccount: 30 };

@ApiTags('groups')
@Controller()
export class JoiningController {
  constructor(private readonly joining: JoiningService) {}

  /** Invitations that wait for your answer, newest first */
  @Get('users/me/group-invitations')
  received(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PageQuery,
  ): Promise<ReceivedInvitationPage> {
    return this.joining.received(userId, query);
  }

  /** Invitations that wait in a group: your own, or all if you lead it */
  @Get('groups/:id/invitations')
  sent(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<SentInvitationPage> {
    return this.joining.sent(userId, id, query);
  }

  /** Invite people to a group you are in; who has asked to join is in at once */
  @Post('groups/:id/invitations')
  @HttpCode(200)
  @RateLimit(INVITING)
  invite(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: InviteRequest,
  ): Promise<Invited> {
    return this.joining.invite(userId, id, request);
  }

  /** Withdraw an invitation that waits */
  @Delete('groups/:id/invitations/:userId')
  @HttpCode(204)
  withdrawInvitation(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @PersonParam('userId') userId: string,
  ): Promise<void> {
    return this.joining.withdrawInvitation(viewer.userId, id, userId);
  }

  /** People to invite: those you follow, or whose names match */
  @Get('groups/:id/invitable')
  invitable(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PeopleQuery,
  ): Promise<InvitablePage> {
    return this.joining.invitable(userId, id, query);
  }

  /** Accept an invitation */
  @Post('groups/:id/invitation/accept')
  @HttpCode(204)
  accept(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.joining.accept(userId, id);
  }

  /** Decline an invitation; nobody is told */
  @Post('groups/:id/invitation/decline')
  @HttpCode(204)
  decline(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.joining.decline(userId, id);
  }

  /** Requests to join a group you lead, newest first */
  @Get('groups/:id/requests')
  @Refuses('not-allowed')
  requests(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<WaitingRequestPage> {
    return this.joining.requests(userId, id, query);
  }

  /** Ask to join a group; if you are invited, you are in at once */
  @Post('groups/:id/requests')
  @HttpCode(204)
  @Refuses('conflict')
  ask(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { words = null }: JoinRequest,
  ): Promise<void> {
    return this.joining.ask(userId, id, words);
  }

  /** Withdraw your request */
  @Delete('groups/:id/requests/me')
  @HttpCode(204)
  withdraw(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.joining.withdraw(userId, id);
  }

  /** Let somebody in who asks */
  @Post('groups/:id/requests/:userId/accept')
  @HttpCode(204)
  @Refuses('not-allowed')
  acceptRequest(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @PersonParam('userId') userId: string,
  ): Promise<void> {
    return this.joining.acceptRequest(viewer.userId, id, userId);
  }

  /** Refuse a request; the same person can ask again a day later */
  @Post('groups/:id/requests/:userId/refuse')
  @HttpCode(204)
  @Refuses('not-allowed')
  refuseRequest(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @PersonParam('userId') userId: string,
  ): Promise<void> {
    return this.joining.refuseRequest(viewer.userId, id, userId);
  }
}
