import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataImport, KnownPeople, OwnImport } from '@echomate/contracts/importing.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import type { Request, Response } from 'express';
import { AnswersElsewhere, Refuses, TakesFile } from '../../platform/http/api-docs.js';
import { Refusal } from '../../platform/http/problem.js';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { receiveFile } from '../../platform/storage/receive-file.js';
import { ImportsService } from './imports.service.js';
import { KnownPeopleService } from './known-people.service.js';

const FEW = { perMinutes: 60, perAddress: 100, perAccount: 20 };
const PAGE = '/settings/import';

@ApiTags('importing')
@Controller('users/me/import')
export class ImportingController {
  constructor(
    private readonly imports: ImportsService,
    private readonly people: KnownPeopleService,
  ) {}

  /** What became of the newest archive that you imported, and how far it is */
  @Get()
  own(@CurrentViewer() { userId }: RequestViewer): Promise<OwnImport> {
    return this.imports.own(userId);
  }

  /**
   * Bring an archive of another installation: one at a time, and up to five a day
   *
   * A ZIP file of up to 1 GB, as `GET /users/me/export/archive` gives it there. It is checked as a whole before anything is
   * written. What has come already does not come twice.
   */
  @Post()
  @HttpCode(202)
  @RateLimit(FEW)
  @TakesFile()
  @Refuses('conflict')
  start(@CurrentViewer() { userId }: RequestViewer, @Req() request: Request): Promise<DataImport> {
    return this.imports.start(userId, (expected) => receiveFile(request, expected));
  }

  /** The same for a form in a browser without scripts: leads back to the page, with the code of a refusal */
  @Post('form')
  @RateLimit(FEW)
  @TakesFile()
  @AnswersElsewhere()
  @Refuses('conflict')
  async startByForm(
    @CurrentViewer() { userId }: RequestViewer,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    let refused = '';
    try {
      await this.imports.start(userId, (expected) => receiveFile(request, expected));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused = `?refused=${error.fields?.[0]?.code ?? error.code}`;
    }
    response.redirect(303, PAGE + refused);
  }

  /** People here with the names of those whom you followed there; nobody is followed until you do */
  @Get('people')
  known(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() page: PageQuery,
  ): Promise<KnownPeople> {
    return this.people.page(userId, page);
  }
}
