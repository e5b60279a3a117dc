import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AdminPeopleQuery,
  AdminPerson,
  AdminPersonPage,
  ChangeRoleRequest,
} from '@echomate/contracts/admin.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { PROVES_PASSWORD, RateLimit } from '../../platform/http/rate-limits.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { RoleChangesService } from '../auth/role-changes.service.js';
import { RolesService } from '../users/roles.service.js';

@ApiTags('admin')
@Controller('admin/people')
export class RolesController {
  constructor(
    private readonly roles: RolesService,
    private readonly changes: RoleChangesService,
  ) {}

  /** Everyone with an account, with role and state; newest first */
  @Get()
  @Requires('roles.change')
  people(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: AdminPeopleQuery,
  ): Promise<AdminPersonPage> {
    return this.roles.people(userId, query);
  }

  /** Somebody, with role and state */
  @Get(':id')
  @Requires('roles.change')
  @Refuses('not-found')
  person(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<AdminPerson> {
    return this.roles.person(userId, id);
  }

  /** Change somebody's role, with your own password; they are told by email. One admin stays. */
  @Put(':id/role')
  @Requires('roles.change')
  @HttpCode(204)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('not-found', 'conflict')
  change(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: ChangeRoleRequest,
  ): Promise<void> {
    return this.changes.change(viewer, id, request);
  }
}
