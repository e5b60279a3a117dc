import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeopleQuery } from '@echomate/contracts/follows.dto';
import {
  GroupMemberPage,
  HandOverRequest,
  MembershipsQuery,
  PastMembershipPage,
} from '@echomate/contracts/groups.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { PersonParam } from '../../platform/http/person.param.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { MembershipsService } from './memberships.service.js';

@ApiTags('groups')
@Controller()
export class GroupMembersController {
  constructor(private readonly members: MembershipsService) {}

  /** Members of a group you are in, the newest first, or those whose names match */
  @Get('groups/:id/members')
  list(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PeopleQuery,
  ): Promise<GroupMemberPage> {
    return this.members.members(userId, id, query);
  }

  /** Leave a group */
  @Delete('groups/:id/members/me')
  @HttpCode(204)
  @Refuses('conflict')
  leave(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.members.leave(userId, id);
  }

  /** Remove a member from a group you lead */
  @Delete('groups/:id/members/:userId')
  @HttpCode(204)
  @Refuses('not-allowed')
  remove(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @PersonParam('userId') userId: string,
  ): Promise<void> {
    return this.members.remove(viewer.userId, id, userId);
  }

  /** Hand a group you lead over to another member */
  @Put('groups/:id/creator')
  @HttpCode(204)
  @Refuses('not-allowed')
  handOver(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { userId }: HandOverRequest,
  ): Promise<void> {
    return this.members.handOver(viewer.userId, id, userId);
  }

  /** Your times in groups, present and past or past alone; only you can see them */
  @Get('users/me/memberships')
  history(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: MembershipsQuery,
  ): Promise<PastMembershipPage> {
    return this.members.history(userId, query);
  }
}
