import { Body, Controller, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  ChangeEmailRequest,
  ChangePasswordRequest,
  CurrentSession,
  EmailReturned,
  EmailVerified,
  ForgotPasswordRequest,
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
import { CountsItself, RateLimit } from '../../platform/http/rate-limits.js';
import {
  CurrentViewer,
  type RequestViewer,
  type ViewerRequest,
} from '../../platform/http/viewer.js';
import { ReceivedFile, ReceivesPicture } from '../../platform/storage/received-file.js';
import { AuthService } from './auth.service.js';
import { DEVICE_COOKIE, Devices } from './devices.js';
import { EmailAddressService } from './email-address.service.js';
import { REGISTRATION_COOKIE, RegistrationService } from './registration.service.js';
import { sessionCookieName } from './session.middleware.js';
import { SessionsService } from './sessions.service.js';
import { renewSession, signIn } from './sign-in.js';

const SENDS_MAIL = { perMinutes: 60, perAddress: 60, perSession: 5 };
const PROVES_PASSWORD = { perMinutes: 15, perAddress: 300, perSession: 20 };
const USES_LINK = { perMinutes: 15, perAddress: 100 };

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly addresses: EmailAddressService,
    private readonly registration: RegistrationService,
    private readonly devices: Devices,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  /**
   * Ask for an account; a mailed link opens it. As JSON, or as multipart/form-data with a picture in
   * `avatar`. The answer is the same if the address has an account. It sets a cookie, by which the browser
   * that registered is known when it opens the link.
   */
  @Post('register')
  @Public()
  @HttpCode(202)
  @RateLimit(SENDS_MAIL)
  @ReceivesPicture('avatar', { texts: { count: 20, maxBytes: 8192 } })
  @ApiConsumes('application/json', 'multipart/form-data')
  async register(
    @Body() form: RegisterRequest,
    @ReceivedFile() avatarPath: string | null,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MailSent> {
    const { name, days } = REGISTRATION_COOKIE;
    const known = readCookie(request, this.config, name);
    const secret = await this.registration.register(form, avatarPath, known);
    setCookie(response, this.config, name, secret, days);
    return { message: `We have sent a mail to ${form.email}.` };
  }

  /**
   * Use the link from a mail: opens the account and logs in, or moves the account to the new address. A new
   * account needs a password, unless the browser is the one that registered.
   */
  @Post('email/verify')
  @Public()
  @HttpCode(200)
  @RateLimit(USES_LINK)
  @Refuses('password-needed', 'wrong-credentials', 'link-expired')
  async verifyEmail(
    @Body() link: VerifyEmailRequest,
    @Req() request: ViewerRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EmailVerified> {
    const secret = readCookie(request, this.config, REGISTRATION_COOKIE.name);
    const { purpose, email, proof } = await this.addresses.verify(link, secret, request.viewer);
    if (proof) {
      await signIn(request, proof);
      this.rememberDevice(request, response, proof.userId);
    }
    return { purpose, email };
  }

  /**
   * Bring the account back to the address it was moved away from, with the token mailed there, and choose a
   * new password; every session ends
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
    this.rememberDevice(request, response, userId);
    return { email };
  }

  /** Log in; the answer sets the session cookie, and one by which the browser is known next time */
  @Post('login')
  @Public()
  @HttpCode(200)
  @CountsItself()
  @Refuses('wrong-credentials')
  async login(
    @Body() credentials: LoginRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CurrentSession> {
    const device = readCookie(request, this.config, DEVICE_COOKIE.name);
    const proof = await this.auth.authenticate(credentials, device);
    const { userId } = proof;
    const sessionId = await signIn(request, proof);
    this.rememberDevice(request, response, userId);
    return this.sessions.current({ userId, sessionId });
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

  /** Who is signed in */
  @Get('session')
  session(@CurrentViewer() viewer: RequestViewer): Promise<CurrentSession> {
    return this.sessions.current(viewer);
  }

  /** Change the password; every other session ends */
  @Put('password')
  @HttpCode(204)
  @RateLimit(PROVES_PASSWORD)
  async changePassword(
    @CurrentViewer() viewer: RequestViewer,
    @Body() change: ChangePasswordRequest,
    @Req() request: Request,
  ): Promise<void> {
    await renewSession(request, await this.auth.changePassword(viewer, change));
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
    return { message: `If ${email} has an account, a mail is on its way.` };
  }

  /** Choose a new password with the token from the mail; every session ends */
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
    this.rememberDevice(request, response, await this.auth.resetPassword(reset));
  }

  /** Ask to move the account to another address; the link mailed there does it */
  @Post('email')
  @HttpCode(202)
  @RateLimit(SENDS_MAIL)
  async changeEmail(
    @CurrentViewer() viewer: RequestViewer,
    @Body() change: ChangeEmailRequest,
  ): Promise<MailSent> {
    await this.addresses.askForChange(viewer, change);
    return { message: `We have sent a mail to ${change.newEmail}.` };
  }

  private rememberDevice(request: Request, response: Response, userId: string): void {
    const { name, days } = DEVICE_COOKIE;
    const known = readCookie(request, this.config, name);
    setCookie(response, this.config, name, this.devices.remember(known, userId), days);
  }
}
