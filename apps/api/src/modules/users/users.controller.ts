import type { Readable } from 'node:stream';
import {
  applyDecorators,
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Param,
  Patch,
  Put,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  OwnProfile,
  UpdatePrivacyRequest,
  UpdateProfileRequest,
} from '@echomate/contracts/users.dto';
import { AnswersFile } from '../../platform/http/api-docs.js';
import { ReadsPictures } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { ReceivedFile, ReceivesPicture } from '../../platform/storage/received-file.js';
import { UsersService } from './users.service.js';

const AcceptsImage = () =>
  applyDecorators(
    ReceivesPicture('file'),
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary' } },
      },
    }),
  );

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** Everything about the signed-in person */
  @Get('me')
  me(@CurrentViewer() viewer: RequestViewer): Promise<OwnProfile> {
    return this.users.ownProfile(viewer.userId);
  }

  /** Change some fields of the own profile */
  @Patch('me')
  update(
    @CurrentViewer() viewer: RequestViewer,
    @Body() changes: UpdateProfileRequest,
  ): Promise<OwnProfile> {
    return this.users.updateProfile(viewer.userId, changes);
  }

  /** Make the own profile public or private */
  @Put('me/privacy')
  updatePrivacy(
    @CurrentViewer() viewer: RequestViewer,
    @Body() privacy: UpdatePrivacyRequest,
  ): Promise<OwnProfile> {
    return this.users.updateVisibility(viewer.userId, privacy.visibility);
  }

  /** Replace the own picture: JPEG, PNG, GIF or WebP, up to 10 MB */
  @Put('me/avatar')
  @AcceptsImage()
  setAvatar(
    @CurrentViewer() viewer: RequestViewer,
    @ReceivedFile() path: string,
  ): Promise<OwnProfile> {
    return this.users.setPicture('avatar', viewer.userId, path);
  }

  /** Remove the own picture */
  @Delete('me/avatar')
  removeAvatar(@CurrentViewer() viewer: RequestViewer): Promise<OwnProfile> {
    return this.users.removePicture('avatar', viewer.userId);
  }

  /** Replace the wide picture above the own profile; it is cropped to 3:1 */
  @Put('me/banner')
  @AcceptsImage()
  setBanner(
    @CurrentViewer() viewer: RequestViewer,
    @ReceivedFile() path: string,
  ): Promise<OwnProfile> {
    return this.users.setPicture('banner', viewer.userId, path);
  }

  /** Remove the wide picture */
  @Delete('me/banner')
  removeBanner(@CurrentViewer() viewer: RequestViewer): Promise<OwnProfile> {
    return this.users.removePicture('banner', viewer.userId);
  }

  /** A person's picture; a new picture has a new address */
  @Get(':id/avatar/:pictureId/:size')
  @ReadsPictures()
  @Header('Cache-Control', 'private, max-age=31536000, immutable')
  @AnswersFile('image/webp')
  async avatar(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Param('pictureId', UuidPipe) pictureId: string,
    @Param('size') size: string,
  ): Promise<StreamableFile> {
    return toAnswer(await this.users.picture('avatar', viewer.userId, id, pictureId, size));
  }

  /** The wide picture above a profile, for those who may see the profile */
  @Get(':id/banner/:pictureId/:size')
  @ReadsPictures()
  @Header('Cache-Control', 'private, max-age=31536000, immutable')
  @AnswersFile('image/webp')
  async banner(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Param('pictureId', UuidPipe) pictureId: string,
    @Param('size') size: string,
  ): Promise<StreamableFile> {
    return toAnswer(await this.users.picture('banner', viewer.userId, id, pictureId, size));
  }
}

const toAnswer = ({ stream, size }: { stream: Readable; size: number }) =>
  new StreamableFile(stream, { type: 'image/webp', length: size });
