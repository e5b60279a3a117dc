import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  BeginOutsideLogin,
  ConnectedLogins,
  ConnectLogin,
  DisconnectLogin,
  FinishOutsideLogin,
  OutsideBegun,
  OutsideFinished,
  OutsideProviders,
  RegisterFromOutside,
  UnfinishedLogin,
} from '@echomate/contracts/outside-logins.dto';
import type { Request, Response } from 'express';
import { Config } from '../../platform/config/config.js';
import { Refuses } from '../../platform/http/api-docs.js';
import { cookieName, cookieOptions, readCookie, setCookie } from '../../platform/http/cookies.js';
import { Refusal } from '../../platform/http/problem.js';
import { Public } from '../../platform/http/public.decorator.js';
import { PROVES_PASSWORD, RateLimit } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import {
  CurrentViewer,
  type RequestViewer,
  type ViewerRequest,
} from '../../platform/http/viewer.js';
import { LogInService } from '../auth/log-in.service.js';
import { ConnectedLoginsService } from './connected-logins.service.js';
import { daysOf, OUTSIDE_COOKIES, OutsideCookies, type Named } from './outside-cookies.js';
import { OutsideLoginsService } from './outside-logins.service.js';
import type { Outsider, OutsideStrategy, Return } from './outside.strategy.js';
import { Providers } from './providers.js';

const LEAVES = { perMinutes: 15, perAddress: 200 };
const RETURNS = { perMinutes: 15, perAddress: 200 };
const REGISTERS = { perMinutes: 60, perAddress: 60 };

@ApiTags('auth')
@Controller('auth/outside')
export class OutsideLoginsController {
  constructor(
    private readonly outside: OutsideLoginsService,
    private readonly connected: ConnectedLoginsService,
    private readonly providers: Providers,
    private readonly logIn: LogInService,
    private readonly cookies: OutsideCookies,
    private readonly config: Config,
  ) {}

  /** The other sites that people can log in with */
  @Get()
  @Public()
  list(): Promise<OutsideProviders> {
    const items = this.providers.all.map(({ name, label }) => ({ name, label }));
    return Promise.resolve({ items });
  }

  /**
   * Begin to log in with another site: send the browser to the address that is answered. The answer sets a cookie, which
   * the browser needs when it comes back.
   */
  @Post('providers/:name/begin')
  @Public()
  @HttpCode(200)
  @RateLimit(LEAVES)
  @Refuses('not-found', 'link-expired')
  async begin(
    @Param('name') name: string,
    @Body() wishes: BeginOutsideLogin,
    @Req() request: ViewerRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OutsideBegun> {
    const { url, begun } = await this.outside.begin(name, wishes, request.viewer);
    this.set(response, 'begun', this.cookies.issue('begun', begun));
    return { url };
  }

  /**
   * The browser is back from the other site, with this query in its address. It logs in, or says which page asks for
   * what is missing: `connect` for the password of the account with this email, `register` for the rest of a
   * registration.
   */
  @Post('providers/:name/finish')
  @Public()
  @HttpCode(200)
  @RateLimit(RETURNS)
  @Refuses(
    'not-found',
    'link-expired',
    'not-allowed',
    'conflict',
    'wrong-credentials',
    'account-suspended',
    'account-leaving',
    'second-factor-needed',
  )
  async finish(
    @Param('name') name: string,
    @Body() { query }: FinishOutsideLogin,
    @Req() request: ViewerRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OutsideFinished> {
    const { viewer } = request;
    const provider = this.providers.named(name);
    const parameters = new URLSearchParams(query);
    const cookie = this.cookies.read('begun', this.cookie(request, 'begun'));
    const begun = this.outside.assertBegun(name, parameters, cookie, viewer);
    this.forget(response, 'begun');
    request.body = { query: parameters, begun } satisfies Return;
    const outsider = await this.outsiderOf(provider, request, response);
    const outcome = await this.outside.outcomeOf(outsider, begun, viewer);
    const { next: path } = begun;
    if ('proof' in outcome) {
      const { isBack } = await this.logIn.finish(request, response, outcome.proof);
      return { next: 'home', path, isBack };
    }
    if (outcome.named) this.set(response, 'named', this.cookies.issue('named', outcome.named));
    return { next: outcome.next, path, isBack: false };
  }

  /** What the other site has said, for the page that asks for the rest */
  @Get('unfinished')
  @Public()
  @RateLimit(RETURNS)
  @Refuses('link-expired')
  unfinished(@Req() request: ViewerRequest): Promise<UnfinishedLogin> {
    return this.outside.unfinished(this.named(request), request.viewer);
  }

  /**
   * Connect the log-in elsewhere to your account, with its password. Somebody signed in stays so; others are logged in,
   * as by `POST /auth/login`.
   */
  @Post('connect')
  @Public()
  @HttpCode(200)
  @RateLimit(PROVES_PASSWORD)
  @Refuses(
    'link-expired',
    'conflict',
    'wrong-credentials',
    'account-suspended',
    'account-leaving',
    'second-factor-needed',
  )
  async connect(
    @Body() { password }: ConnectLogin,
    @Req() request: ViewerRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OutsideFinished> {
    const { viewer } = request;
    const named = this.outside.assertTheirs(this.named(request), viewer);
    if (named.sessionId !== null) {
      await this.outside.connect(named, viewer!, password);
      this.forget(response, 'named');
      return { next: 'settings', path: named.next, isBack: false };
    }
    const device = this.logIn.deviceOf(request);
    const proof = await this.outside.proveAccount(named, password, device);
    const { isBack } = await this.logIn.finish(request, response, proof);
    this.forget(response, 'named');
    return { next: 'home', path: named.next, isBack };
  }

  /**
   * Finish a registration with the email that the other site has confirmed; it logs in, or the account waits for an
   * admin. There is no password: a link to choose one can be asked for.
   */
  @Post('register')
  @Public()
  @HttpCode(200)
  @RateLimit(REGISTERS)
  @Refuses('link-expired', 'not-allowed', 'conflict')
  async register(
    @Body() form: RegisterFromOutside,
    @Req() request: ViewerRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OutsideFinished> {
    const named = this.outside.assertTheirs(this.named(request), request.viewer);
    const proof = await this.outside.register(named, form);
    this.forget(response, 'named');
    if (!proof) return { next: 'application', path: null, isBack: false };
    await this.logIn.finish(request, response, proof);
    return { next: 'home', path: named.next, isBack: false };
  }

  /** The log-ins elsewhere that open your account */
  @Get('connected')
  connectedLogins(@CurrentViewer() { userId }: RequestViewer): Promise<ConnectedLogins> {
    return this.connected.list(userId);
  }

  /** Let a log-in elsewhere no longer open your account */
  @Post('connected/:id/disconnect')
  @HttpCode(204)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('not-found')
  disconnect(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { password }: DisconnectLogin,
  ): Promise<void> {
    return this.connected.disconnect(viewer, id, password);
  }

  private async outsiderOf(
    provider: OutsideStrategy,
    request: Request,
    response: Response,
  ): Promise<Outsider> {
    try {
      return await this.logIn.ask<Outsider>(provider, request, response);
    } catch (refused) {
      if (refused instanceof Refusal && refused.code === 'outside-untrusted')
        this.outside.noteRefused(provider.name, 'untrusted');
      throw refused;
    }
  }

  private named(request: Request): Named | null {
    return this.cookies.read('named', this.cookie(request, 'named'));
  }

  private cookie(request: Request, kind: keyof typeof OUTSIDE_COOKIES): string | null {
    return readCookie(request, this.config, OUTSIDE_COOKIES[kind].name);
  }

  private set(response: Response, kind: keyof typeof OUTSIDE_COOKIES, value: string): void {
    setCookie(response, this.config, OUTSIDE_COOKIES[kind].name, value, daysOf(kind));
  }

  private forget(response: Response, kind: keyof typeof OUTSIDE_COOKIES): void {
    const name = cookieName(this.config, OUTSIDE_COOKIES[kind].name);
    response.clearCookie(name, cookieOptions(this.config));
  }
}
