import { Body, Controller, Get, HttpCode, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { InvitationOffer, InvitationQuery } from '@echomate/contracts/admin.dto';
import {
  AccountEnd,
  ChangeEmailRequest,
  ChangePasswordRequest,
  CorrectEmailRequest,
  CurrentSession,
  EmailReturned,
  EmailVerified,
  ForgotPasswordRequest,
  FreeHandle,
  HandleQuery,
  LoggedIn,
  LoginRequest,
  MailSent,
  RegisterRequest,
  ResetPasswordRequest,
  ReturnEmailRequest,
  VerifyEmailRequest,
} from '@echomate/contracts/auth.dto';
import type { Request, Response } from 'express';
import { Config } from '../../platform/config/config.js';
import { Refuses } from '../../platform/http/api-docs.js';
import { cookieOptions, readCookie, setCookie } from '../../platform/http/cookies.js';
import { Public } from '../../platform/http/public.decorator.js';
import { notFound } from '../../platform/http/problem.js';
import { CountsItself, PROVES_PASSWORD, RateLimit } from '../../platform/http/rate-limits.js';
import {
  CurrentViewer,
  type RequestViewer,
  type ViewerRequest,
} from '../../platform/http/viewer.js';
import { ReceivedFile, ReceivesPicture } from '../../platform/storage/received-file.js';
import { HandlesService } from '../users/handles.service.js';
import { AuthService, type Proof } from './auth.service.js';
import { authenticate } from './authenticate.js';
import { DEVICE_COOKIE } from './devices.js';
import { EmailAddressService } from './email-address.service.js';
import {
  EmailUnconfirmed,
  REGISTRATION_COOKIE,
  RegistrationService,
} from './registration.service.js';
import { InvitationsService } from './invitations.service.js';
import { LocalStrategy } from './local.strategy.js';
import { LogInService } from './log-in.service.js';
import { sessionCookieName } from './session-viewers.js';
import { SessionsService } from './sessions.service.js';
import { SignIn } from './sign-in.js';

const SENDS_MAIL = { perMinutes: 60, perAddress: 60, perSession: 5 };
/** While a form is filled in. Every answer tells whether a handle is somebody's. */
const ASKS_FOR_HANDLE = { perMinutes: 15, perAddress: 120 };
const USES_LINK = { perMinutes: 15, perAddress: 100 };

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly local: LocalStrategy,
    private readonly addresses: EmailAddressService,
    private readonly registration: RegistrationService,
    private readonly handles: HandlesService,
    private readonly invitations: InvitationsService,
    private readonly logIn: LogInService,
    private readonly sessions: SessionsService,
    private readonly signIn: SignIn,
    private readonly config: Config,
  ) {}

  /**
   * Register; an emailed link activates the account. As JSON, or as multipart/form-data with a photo in `avatar`. The
   * answer is the same if the address has an account. It sets a cookie that identifies this browser when it opens the
   * link. Where registration is not open it takes an invitation, or words to the admin.
   */
  @Post('register')
  @Public()
  @HttpCode(202)
  @Refuses('not-allowed')
  @RateLimit(SENDS_MAIL)
  @ReceivesPicture('avatar', { count: 20, maxBytes: 8192 })
  @ApiConsumes('application/json', 'multipart/form-data')
  async register(
    @Body() form: RegisterRequest,
    @ReceivedFile() avatarPath: string | null,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MailSent> {
    const known = this.registrationSecret(request);
    const secret = await this.registration.register(form, avatarPath, known);
    this.rememberRegistration(response, secret);
    return { message: `We sent an email to ${form.email}.` };
  }

  /**
   * Email the link of the newest registration again. It takes the cookie of the browser that registered, or that of one
   * that knew the password at login.
   */
  @Post('register/resend')
  @Public()
  @HttpCode(202)
  @RateLimit(SENDS_MAIL)
  @Refuses('not-found')
  async resend(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MailSent> {
    const secret = this.registrationSecret(request);
    const email = await this.registration.resend(secret);
    this.rememberRegistration(response, secret!);
    return { message: `We sent an email to ${email}.` };
  }

  /** Correct the address of the newest registration of this browser: the link is emailed there, and earlier ones end */
  @Put('register/email')
  @Public()
  @HttpCode(202)
  @RateLimit(SENDS_MAIL)
  @Refuses('not-found')
  async correctEmail(
    @Body() { email }: CorrectEmailRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MailSent> {
    const secret = this.registrationSecret(request);
    await this.registration.correct(secret, email);
    this.rememberRegistration(response, secret!);
    return { message: `We sent an email to ${email}.` };
  }

  /** Whether a link that invites still lets somebody in; one that was revoked looks like one that never was */
  @Get('invitation')
  @Public()
  @RateLimit(USES_LINK)
  @Refuses('not-allowed')
  async invitation(@Query() { token }: InvitationQuery): Promise<InvitationOffer> {
    const { endsAt } = await this.invitations.offer(token);
    return { endsAt };
  }

  /**
   * A handle that is free now. One that is not may belong to anybody, hidden or not, or to nobody: the answer is the
   * same.
   */
  @Get('handle')
  @Public()
  @RateLimit(ASKS_FOR_HANDLE)
  async freeHandle(
    @Query() { wanted, firstName = '', lastName = '' }: HandleQuery,
  ): Promise<FreeHandle> {
    return { handle: await this.handles.suggest(wanted, { firstName, lastName }) };
  }

  /**
   * Use the link from an email: it activates the account and logs in, or moves the account to the new address. A new
   * account needs a password, unless the link is opened in the browser that registered.
   */
  @Post('email/verify')
  @Public()
  @HttpCode(200)
  @RateLimit(USES_LINK)
  @Refuses(
    'password-needed',
    'wrong-credentials',
    'link-expired',
    'account-suspended',
    'not-allowed',
  )
  async verifyEmail(
    @Body() link: VerifyEmailRequest,
    @Req() request: ViewerRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EmailVerified> {
    const secret = this.registrationSecret(request);
    const { purpose, email, proof } = await this.addresses.verify(link, secret, request.viewer);
    if (proof) await this.logIn.finish(request, response, proof);
    return { purpose, email };
  }

  /**
   * Move the account back to its previous address, with the token emailed there, and choose a new password; every
   * session ends
   */
  @Post('email/return')
  @Public()
  @HttpCode(200)
  @RateLimit(USES_LINK)
  @Refuses('link-expired')
  async returnEmail(
    @Body() link: ReturnEmailRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EmailReturned> {
    const { email, userId } = await this.addresses.bringBack(link);
    this.logIn.rememberDevice(request, response, userId);
    return { email };
  }

  /**
   * Log in; the answer sets the session cookie, and one that identifies this browser at the next log-in. Whoever knows
   * the password of a registration is told that its address is not confirmed yet, or that it waits for an admin. A
   * deactivated account is active again; one with two-step log-in is not logged in yet: the answer sets a cookie with
   * which `POST /auth/second-factor` goes on. One that is about to be deleted is asked for: the answer sets a cookie with
   * which it can be kept.
   */
  @Post('login')
  @Public()
  @HttpCode(200)
  @CountsItself()
  @Refuses(
    'wrong-credentials',
    'email-unconfirmed',
    'account-suspended',
    'account-leaving',
    'second-factor-needed',
    'not-allowed',
  )
  async login(
    @Body() credentials: LoginRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoggedIn> {
    // The strategy reads the body, so it gets the validated values.
    request.body = credentials;
    const proof = await this.proofOf(request, response);
    return this.logIn.finish(request, response, proof);
  }

  /** When the account will be deleted that this browser has just tried to log in to */
  @Get('leaving')
  @Public()
  @RateLimit(USES_LINK)
  @Refuses('not-found')
  async leaving(@Req() request: Request): Promise<AccountEnd> {
    const { userId } = this.ticketOf(request);
    return { deletesAt: await this.auth.deletesAt(userId) };
  }

  /** Keep the account that was about to be deleted, and log in to it */
  @Post('leaving/keep')
  @Public()
  @HttpCode(200)
  @RateLimit(USES_LINK)
  @Refuses(
    'not-found',
    'wrong-credentials',
    'account-suspended',
    'second-factor-needed',
    'link-expired',
    'conflict',
  )
  async keep(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoggedIn> {
    const proof = this.ticketOf(request);
    return this.logIn.finish(request, response, { ...proof, keepsAccount: true });
  }

  /** End this session */
  @Post('logout')
  @HttpCode(204)
  async logout(
    @CurrentViewer() viewer: RequestViewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.logOut(viewer);
    response.clearCookie(sessionCookieName(this.config), cookieOptions(this.config));
  }

  /** Who is logged in */
  @Get('session')
  session(@CurrentViewer() viewer: RequestViewer): Promise<CurrentSession> {
    return this.sessions.current(viewer);
  }

  /** Change your password; every other session ends */
  @Put('password')
  @HttpCode(204)
  @RateLimit(PROVES_PASSWORD)
  async changePassword(
    @CurrentViewer() viewer: RequestViewer,
    @Body() change: ChangePasswordRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.signIn.renew(request, response, await this.auth.changePassword(viewer, change));
  }

  /** Ask for a link to choose a new password; the answer is the same if the address has no account */
  @Post('password/forgot')
  @Public()
  @HttpCode(202)
  @CountsItself()
  async forgotPassword(
    @Body() { email }: ForgotPasswordRequest,
    @Req() request: Request,
  ): Promise<MailSent> {
    await this.auth.forgotPassword(email, readCookie(request, this.config, DEVICE_COOKIE.name));
    return { message: `If ${email} has an account, an email is on its way.` };
  }

  /** Choose a new password with the token from the email; every session ends */
  @Post('password/reset')
  @Public()
  @HttpCode(204)
  @RateLimit(USES_LINK)
  @Refuses('link-expired')
  async resetPassword(
    @Body() reset: ResetPasswordRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    this.logIn.rememberDevice(request, response, await this.auth.resetPassword(reset));
  }

  /** Ask to move your account to another email address; the link sent there confirms it */
  @Post('email')
  @HttpCode(202)
  @RateLimit(SENDS_MAIL)
  async changeEmail(
    @CurrentViewer() viewer: RequestViewer,
    @Body() change: ChangeEmailRequest,
  ): Promise<MailSent> {
    await this.addresses.askForChange(viewer, change);
    return { message: `We sent an email to ${change.newEmail}.` };
  }

  private ticketOf(request: Request): Proof {
    const ticket = this.logIn.pending(request, 'leaving');
    if (!ticket) throw notFound();
    return ticket;
  }

  private async proofOf(request: Request, response: Response): Promise<Proof> {
    try {
      return await authenticate<Proof>(this.local, request, response);
    } catch (refused) {
      if (refused instanceof EmailUnconfirmed) {
        const known = this.registrationSecret(request);
        const secret = await this.registration.adopt(refused.registrationId, known);
        this.rememberRegistration(response, secret);
      }
      throw refused;
    }
  }

  private registrationSecret(request: Request): string | null {
    return readCookie(request, this.config, REGISTRATION_COOKIE.name);
  }

  private rememberRegistration(response: Response, secret: string): void {
    const { name, days } = REGISTRATION_COOKIE;
    setCookie(response, this.config, name, secret, days);
  }
}
