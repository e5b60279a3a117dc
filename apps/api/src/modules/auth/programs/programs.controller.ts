import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PageQuery } from '@echomate/contracts/paging.dto';
import {
  CreateTokenRequest,
  NewToken,
  ProgramPage,
  RefreshRequest,
  RevokeRequest,
  TokenLoginRequest,
  TokenPair,
} from '@echomate/contracts/programs.dto';
import type { Request, Response } from 'express';
import { Refuses } from '../../../platform/http/api-docs.js';
import { Public } from '../../../platform/http/public.decorator.js';
import { CountsItself, PROVES_PASSWORD, RateLimit } from '../../../platform/http/rate-limits.js';
import { UuidPipe } from '../../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../../platform/http/viewer.js';
import type { Proof } from '../auth.service.js';
import { authenticate } from '../authenticate.js';
import { deviceName } from '../device-name.js';
import { LocalStrategy } from '../local.strategy.js';
import { ProgramLogins } from './program-logins.service.js';
import { ProgramsService } from './programs.service.js';

const USES_TOKEN = { perMinutes: 15, perAddress: 600 };

@ApiTags('auth')
@Controller('auth')
export class ProgramsController {
  constructor(
    private readonly programs: ProgramsService,
    private readonly logins: ProgramLogins,
    private readonly local: LocalStrategy,
  ) {}

  /**
   * Log in as a program: a short-lived access token for `Authorization: Bearer …`, and a refresh token for the next.
   * The same password, limits and refusals as at the log-in of a browser; an account that is not active stays so.
   */
  @Post('token')
  @Public()
  @HttpCode(200)
  @CountsItself()
  @Refuses(
    'wrong-credentials',
    'email-unconfirmed',
    'account-suspended',
    'account-leaving',
    'not-allowed',
  )
  async logIn(
    @Body() login: TokenLoginRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TokenPair> {
    // The strategy reads the body, so it gets the validated values.
    request.body = login;
    const proof = await authenticate<Proof>(this.local, request, response);
    const name = login.name ?? deviceName(request.headers['user-agent']);
    return this.logins.start(proof, { name, scopes: login.scopes ?? ['read'] });
  }

  /** The next access token, and the next refresh token: each works once, and using one again ends the log-in */
  @Post('token/refresh')
  @Public()
  @HttpCode(200)
  @RateLimit(USES_TOKEN)
  refresh(@Body() request: RefreshRequest): Promise<TokenPair> {
    return this.logins.refresh(request);
  }

  /** End a log-in or a token; the answer is the same if there is none */
  @Post('token/revoke')
  @Public()
  @HttpCode(204)
  @RateLimit(USES_TOKEN)
  revoke(@Body() { token }: RevokeRequest): Promise<void> {
    return this.programs.revoke(token);
  }

  /** The programs that may act for you, newest first */
  @Get('tokens')
  list(@CurrentViewer() viewer: RequestViewer, @Query() page: PageQuery): Promise<ProgramPage> {
    return this.programs.list(viewer, page);
  }

  /** Make a token; its secret is in this answer, and nobody can read it again */
  @Post('tokens')
  @RateLimit(PROVES_PASSWORD)
  @Refuses('conflict')
  create(
    @CurrentViewer() viewer: RequestViewer,
    @Body() request: CreateTokenRequest,
  ): Promise<NewToken> {
    return this.programs.create(viewer, request);
  }

  /** End a token, or the log-in of a program; it holds with the next request */
  @Delete('tokens/:id')
  @HttpCode(204)
  end(@CurrentViewer() viewer: RequestViewer, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.programs.end(viewer, id);
  }
}
