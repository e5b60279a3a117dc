import { applyDecorators, Controller, Delete, Get, Param, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OwnProfile } from '@echomate/contracts/users.dto';
import type { Request, Response } from 'express';
import { AnswersFileInParts, TakesFile } from '../../platform/http/api-docs.js';
import { ReadsPictures } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { answerFile } from '../../platform/storage/file-answer.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { receiveFile } from '../../platform/storage/receive-file.js';
import { ProfilePicturesService } from './profile-pictures.service.js';

const AnswersPicture = () => applyDecorators(ReadsPictures(), AnswersFileInParts('image/webp'));

@ApiTags('users')
@Controller('users')
export class ProfilePicturesController {
  constructor(
    private readonly pictures: ProfilePicturesService,
    private readonly storage: FileStorage,
  ) {}

  /** Replace your avatar: JPEG, PNG, GIF or WebP, up to 10 MB */
  @Put('me/avatar')
  @TakesFile()
  setAvatar(
    @CurrentViewer() { userId }: RequestViewer,
    @Req() request: Request,
  ): Promise<OwnProfile> {
    return this.pictures.replace('avatar', userId, (expected) => receiveFile(request, expected));
  }

  /** Remove your avatar */
  @Delete('me/avatar')
  removeAvatar(@CurrentViewer() { userId }: RequestViewer): Promise<OwnProfile> {
    return this.pictures.remove('avatar', userId);
  }

  /** Replace your banner; it is cropped to 3:1 */
  @Put('me/banner')
  @TakesFile()
  setBanner(
    @CurrentViewer() { userId }: RequestViewer,
    @Req() request: Request,
  ): Promise<OwnProfile> {
    return this.pictures.replace('banner', userId, (expected) => receiveFile(request, expected));
  }

  /** Remove your banner */
  @Delete('me/banner')
  removeBanner(@CurrentViewer() { userId }: RequestViewer): Promise<OwnProfile> {
    return this.pictures.remove('banner', userId);
  }

  /** A person's avatar; every upload has a new URL */
  @Get(':id/avatar/:pictureId/:size')
  @AnswersPicture()
  async avatar(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Param('pictureId', UuidPipe) pictureId: string,
    @Param('size') size: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const file = await this.pictures.file('avatar', userId, id, pictureId, size);
    await answerFile(request, response, this.storage, file);
  }

  /** A person's banner, for people who can see their profile */
  @Get(':id/banner/:pictureId/:size')
  @AnswersPicture()
  async banner(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Param('pictureId', UuidPipe) pictureId: string,
    @Param('size') size: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const file = await this.pictures.file('banner', userId, id, pictureId, size);
    await answerFile(request, response, this.storage, file);
  }
}
