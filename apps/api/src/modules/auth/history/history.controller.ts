import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HistoryPage } from '@echomate/contracts/history.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import { CurrentViewer, type RequestViewer } from '../../../platform/http/viewer.js';
import { AccountHistory } from './account-history.service.js';

@ApiTags('auth')
@Controller('auth/history')
export class HistoryController {
  constructor(private readonly history: AccountHistory) {}

  /** What happened to your account in the last year, newest first */
  @Get()
  list(@CurrentViewer() viewer: RequestViewer, @Query() page: PageQuery): Promise<HistoryPage> {
    return this.history.list(viewer, page);
  }
}
