import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AppealAnswerRequest,
  Case,
  CasePage,
  CasesQuery,
  DecisionRequest,
} from '@echomate/contracts/moderation.dto';
import type { Request, Response } from 'express';
import { AnswersFileInParts, Refuses } from '../../platform/http/api-docs.js';
import { ReadsPictures } from '../../platform/http/rate-limits.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { answerFile } from '../../platform/storage/file-answer.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { CasesService } from './cases.service.js';
import { DecisionsService } from './decisions.service.js';

@ApiTags('moderation')
@Controller('moderation/cases')
@Requires('reports.decide')
export class CasesController {
  constructor(
    private readonly cases: CasesService,
    private readonly decisions: DecisionsService,
    private readonly storage: FileStorage,
  ) {}

  /** What was reported, without what is yours or reported by you */
  @Get()
  page(@CurrentViewer() { userId }: RequestViewer, @Query() query: CasesQuery): Promise<CasePage> {
    return this.cases.page(userId, query);
  }

  /** What was reported, as it was then, and why */
  @Get(':id')
  case(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<Case> {
    return this.cases.case(userId, id);
  }

  /** Take it on, for half an hour; again to have it for longer */
  @Put(':id/claim')
  @Refuses('conflict')
  claim(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<Case> {
    return this.cases.claim(userId, id);
  }

  /** Leave it to others */
  @Delete(':id/claim')
  @HttpCode(204)
  release(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.cases.release(userId, id);
  }

  /** Decide what becomes of it, once you've taken it on */
  @Put(':id/decision')
  @Refuses('conflict')
  decide(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() decision: DecisionRequest,
  ): Promise<Case> {
    return this.decisions.decide(userId, id, decision);
  }

  /** Answer an appeal, once you've taken it on: the decision stands, or is taken back */
  @Put(':id/appeal')
  @Refuses('conflict')
  answer(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() answer: AppealAnswerRequest,
  ): Promise<Case> {
    return this.decisions.answer(userId, id, answer);
  }

  /** Put back what was removed, or end a suspension */
  @Post(':id/undo')
  @HttpCode(200)
  @Refuses('conflict')
  undo(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<Case> {
    return this.decisions.undo(userId, id);
  }

  /** A photo or video that was reported: nothing else leads to it */
  @Get(':id/media/:mediaId')
  @ReadsPictures()
  @AnswersFileInParts('image/webp', 'video/mp4')
  async file(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Param('mediaId', UuidPipe) mediaId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const file = await this.cases.file(userId, id, mediaId);
    await answerFile(request, response, this.storage, file);
  }
}
