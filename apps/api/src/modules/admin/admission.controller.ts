import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApplicationPage,
  CreateInvitationRequest,
  InvitationPage,
  NewInvitation,
  RefuseApplicationRequest,
} from '@echomate/contracts/admin.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { ApplicationsService } from '../auth/applications.service.js';
import { InvitationsService } from '../auth/invitations.service.js';

@ApiTags('admin')
@Controller('admin')
export class AdmissionController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly applications: ApplicationsService,
  ) {}

  /** The links that invite, newest first, and who came by them */
  @Get('invitations')
  @Requires('registrations.decide')
  listInvitations(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() page: PageQuery,
  ): Promise<InvitationPage> {
    return this.invitations.list(userId, page);
  }

  /** Make a link that invites; only this answer holds it */
  @Post('invitations')
  @Requires('registrations.decide')
  invite(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() request: CreateInvitationRequest,
  ): Promise<NewInvitation> {
    return this.invitations.create(userId, request);
  }

  /** Revoke a link; who came by it stays */
  @Delete('invitations/:id')
  @Requires('registrations.decide')
  @HttpCode(204)
  @Refuses('not-found')
  revoke(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.invitations.revoke(userId, id);
  }

  /** Who waits to be let in, the longest first */
  @Get('registrations')
  @Requires('registrations.decide')
  listRegistrations(@Query() page: PageQuery): Promise<ApplicationPage> {
    return this.applications.list(page);
  }

  /** Let somebody in; they are told by email */
  @Post('registrations/:id/accept')
  @Requires('registrations.decide')
  @HttpCode(204)
  @Refuses('not-found', 'conflict')
  accept(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.applications.accept(userId, id);
  }

  /** Don't let somebody in; they are told by email, and what they gave is deleted */
  @Post('registrations/:id/refuse')
  @Requires('registrations.decide')
  @HttpCode(204)
  @Refuses('not-found')
  refuse(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { reason = null }: RefuseApplicationRequest,
  ): Promise<void> {
    return this.applications.refuse(userId, id, reason);
  }
}
