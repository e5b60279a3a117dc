import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreateGroupRequest,
  GroupDetails,
  GroupPage,
  GroupsQuery,
  UnseenGroups,
  UpdateGroupRequest,
} from '@echomate/contracts/groups.dto';
import { FieldsQuery, ListQuery } from '@echomate/contracts/paging.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { narrowed, narrowedPage } from '../../platform/http/fields.js';
import { IdempotencyKey, Repeatable } from '../../platform/http/idempotency-key.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { GroupsService } from './groups.service.js';
import { JoiningService } from './joining.service.js';

@ApiTags('groups')
@Controller()
export class GroupsController {
  constructor(
    private readonly groups: GroupsService,
    private readonly joining: JoiningService,
  ) {}

  /** All groups, the largest first, or those that match, newest first */
  @Get('groups')
  async list(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: GroupsQuery,
  ): Promise<GroupPage> {
    return narrowedPage(await this.groups.list(userId, query), query.fields);
  }

  /** Found a group; you are its first member and lead it */
  @Post('groups')
  @Repeatable()
  create(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() request: CreateGroupRequest,
    @IdempotencyKey() key?: string,
  ): Promise<GroupDetails> {
    return this.groups.create(userId, request, key);
  }

  /** How many invitations wait for you, and how many requests in the groups you lead */
  @Get('groups/unseen')
  unseen(@CurrentViewer() { userId }: RequestViewer): Promise<UnseenGroups> {
    return this.joining.unseen(userId);
  }

  /** Groups you are in, those you joined last first */
  @Get('users/me/groups')
  async own(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: ListQuery,
  ): Promise<GroupPage> {
    return narrowedPage(await this.groups.own(userId, query), query.fields);
  }

  /** A group */
  @Get('groups/:id')
  async group(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() { fields }: FieldsQuery,
  ): Promise<GroupDetails> {
    return narrowed([await this.groups.group(userId, id)], fields)[0]!;
  }

  /** Change title, description and banner of a group you lead */
  @Patch('groups/:id')
  @Refuses('not-allowed')
  update(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() changes: UpdateGroupRequest,
  ): Promise<GroupDetails> {
    return this.groups.update(userId, id, changes);
  }

  /** Delete a group you lead, with all that is in it; you can restore it for ten minutes */
  @Delete('groups/:id')
  @HttpCode(204)
  @Refuses('not-allowed')
  delete(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.groups.delete(userId, id);
  }

  /** Restore a group that you just deleted */
  @Post('groups/:id/restore')
  @HttpCode(200)
  restore(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<GroupDetails> {
    return this.groups.restore(userId, id);
  }
}
