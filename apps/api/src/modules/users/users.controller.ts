import { Body, Controller, Delete, Get, HttpCode, Patch, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  OwnProfile,
  UpdateHandleRequest,
  UpdatePrivacyRequest,
  UpdateProfileRequest,
} from '@echomate/contracts/users.dto';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { UsersService } from './users.service.js';

/** A refusal tells that a handle is somebody's. */
const TRIES_HANDLES = { perMinutes: 60, perAddress: 300, perAccount: 30 };

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** Your own profile, with everything only you see */
  @Get('me')
  me(@CurrentViewer() viewer: RequestViewer): Promise<OwnProfile> {
    return this.users.ownProfile(viewer.userId);
  }

  /** Change some fields of your profile */
  @Patch('me')
  update(
    @CurrentViewer() viewer: RequestViewer,
    @Body() changes: UpdateProfileRequest,
  ): Promise<OwnProfile> {
    return this.users.updateProfile(viewer.userId, changes);
  }

  /** Change your handle; the old one leads here for 90 days */
  @Put('me/handle')
  @RateLimit(TRIES_HANDLES)
  updateHandle(
    @CurrentViewer() viewer: RequestViewer,
    @Body() { handle }: UpdateHandleRequest,
  ): Promise<OwnProfile> {
    return this.users.updateHandle(viewer.userId, handle);
  }

  /** Hide the first steps, because they are done or unwanted */
  @Delete('me/first-steps')
  @HttpCode(204)
  settle(@CurrentViewer() viewer: RequestViewer): Promise<void> {
    return this.users.settle(viewer.userId);
  }

  /** Make your profile public or private */
  @Put('me/privacy')
  updatePrivacy(
    @CurrentViewer() viewer: RequestViewer,
    @Body() privacy: UpdatePrivacyRequest,
  ): Promise<OwnProfile> {
    return this.users.updateVisibility(viewer.userId, privacy.visibility);
  }
}
