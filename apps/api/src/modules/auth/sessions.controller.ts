import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SessionPage } from '@echomate/contracts/auth.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('auth')
@Controller('auth/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  /** Where you are logged in, newest first */
  @Get()
  list(@CurrentViewer() viewer: RequestViewer, @Query() page: PageQuery): Promise<SessionPage> {
    return this.sessions.list(viewer, page);
  }

  /** End all your other sessions */
  @Delete()
  @HttpCode(204)
  endOthers(@CurrentViewer() viewer: RequestViewer): Promise<void> {
    return this.sessions.endOthers(viewer);
  }

  /** End one of your sessions */
  @Delete(':id')
  @HttpCode(204)
  end(@CurrentViewer() viewer: RequestViewer, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.sessions.end(viewer, id);
  }
}
