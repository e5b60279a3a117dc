import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataExport, ExportRequest, OwnExport } from '@echomate/contracts/leaving.dto';
import type { Response } from 'express';
import { AnswersArchive, Refuses } from '../../platform/http/api-docs.js';
import { PROVES_PASSWORD, RateLimit } from '../../platform/http/rate-limits.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { answerArchive } from '../../platform/storage/file-answer.js';
import { ExportsService } from './exports.service.js';

@ApiTags('leaving')
@Controller('users/me/export')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  /** Your newest archive, and how far it is */
  @Get()
  own(@CurrentViewer() viewer: RequestViewer): Promise<OwnExport> {
    return this.exports.own(viewer);
  }

  /** Have an archive made of everything you have here: one at a time, and up to three a day */
  @Post()
  @HttpCode(202)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('conflict')
  start(
    @CurrentViewer() viewer: RequestViewer,
    @Body() request: ExportRequest,
  ): Promise<DataExport> {
    return this.exports.start(viewer, request);
  }

  /** The archive, for a week after it was asked for */
  @Get('archive')
  @AnswersArchive()
  @Refuses('not-found')
  async archive(@CurrentViewer() viewer: RequestViewer, @Res() response: Response): Promise<void> {
    await answerArchive(response, await this.exports.archive(viewer), 'echomate-data.zip');
  }
}
