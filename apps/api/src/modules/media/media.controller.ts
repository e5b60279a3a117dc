import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Media, UpdateMediaRequest } from '@echomate/contracts/media.dto';
import type { Request, Response } from 'express';
import { AnswersFileInParts, Refuses, TakesFile } from '../../platform/http/api-docs.js';
import { RateLimit, ReadsPictures } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { answerFile } from '../../platform/storage/file-answer.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { receiveFile } from '../../platform/storage/receive-file.js';
import { MediaUploads } from './media-upload.service.js';
import { MediaService } from './media.service.js';

@ApiTags('media')
@Controller('media')
export class MediaController {
  constructor(
    private readonly media: MediaService,
    private readonly uploads: MediaUploads,
    private readonly storage: FileStorage,
  ) {}

  /**
   * Upload a photo, an animation or a video, and attach it to something within a day
   *
   * JPEG, PNG, GIF, WebP or AVIF up to 20 MB; where the server can process videos, also MP4, WebM or MOV up to 200 MB
   * and 3 minutes. For animations and videos, the answer comes while they are still `processing`.
   */
  @Post()
  @RateLimit({ perMinutes: 10, perAddress: 300, perAccount: 60 })
  @TakesFile()
  upload(@CurrentViewer() { userId }: RequestViewer, @Req() request: Request): Promise<Media> {
    return this.uploads.upload(userId, (expected) => receiveFile(request, expected));
  }

  /** An upload, and whether it is ready */
  @Get(':id')
  find(@CurrentViewer() viewer: RequestViewer, @Param('id', UuidPipe) id: string): Promise<Media> {
    return this.media.find(viewer, id);
  }

  /** Describe one of your uploads, for people who can't see it */
  @Patch(':id')
  @Refuses('not-allowed')
  describe(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { alt }: UpdateMediaRequest,
  ): Promise<Media> {
    return this.media.describe(userId, id, alt);
  }

  /** Remove one of your uploads that is attached to nothing */
  @Delete(':id')
  @HttpCode(204)
  @Refuses('conflict', 'not-allowed')
  remove(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.media.remove(userId, id);
  }

  /** The bytes of `thumb`, `card` or `full`, or of a video's `video`. Supports Range; the content never changes */
  @Get(':id/:variant')
  @ReadsPictures()
  @AnswersFileInParts('image/webp', 'video/mp4')
  async file(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Param('variant') variant: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const file = await this.media.file(viewer, id, variant);
    await answerFile(request, response, this.storage, file);
  }
}
