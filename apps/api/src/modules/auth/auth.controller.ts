import { promisify } from 'node:util';
import { Body, Controller, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  ChangeEmailRequest,
  ChangePasswordRequest,
  CurrentSession,
  EmailVerified,
  ForgotPasswordRequest,
  LoginRequest,
  MailSent,
  RegisterRequest,
  ResetPasswordRequest,
  VerifyEmailRequest,
} from '@echomate/contracts/auth.dto';
import type { Request, Response } from 'express';
import { Config } from '../../platform/config/config.js';
import { Refuses } from '../../platform/http/api-docs.js';
import { Public } from '../../platform/http/public.decorator.js';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { ReceivedFile, ReceivesPicture } from '../../platform/storage/received-file.js';
import { AuthService } from './auth.service.js';
import { RegistrationService } from './registration.service.js';
import { sessionCookieName } from './session.middleware.js';
import { SessionsService } from './sessions.service.js';
import { signIn } from './sign-in.js';

const SENDS_MAIL = { perMinutes: 60, perAddress: 60, perAccount: 5 };
const PROVES_PASSWORD = { perMinutes: 15, perAddress: 300, perAccount: 20 };

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly registration: RegistrationService,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  /**
   * Ask for an account; a mailed link opens it. As JSON, or as multipart/form-data with a picture in
   * `avatar`. The answer is the same if the address has an account.
   */
  @Post('register')
  @Public()
  @HttpCode(202)
  @RateLimit(SENDS_MAIL)
  @ReceivesPicture('avatar', { texts: { count: 20, maxBytes: 8192 } })
  @ApiConsumes('application/json', 'multipart/form-data')
  async register(
    @Body() request: RegisterRequest,
    @ReceivedFile() avatarPath: string | null,
  ): Promise<MailSent> {
    await this.registration.register(request, avatarPath);
    return { message: `We have sent a mail to ${request.email}.` };
  }

  /** Use the link from a mail: opens the account and logs in, or moves the account to the new address */
  @Post('email/verify')
  @Public()
  @HttpCode(200)
  @RateLimit({ perMinutes: 15, perAddress: 100, perAccount: 100 })
  @Refuses('link-expired')
  async verifyEmail(
    @Body() { token }: VerifyEmailRequest,
    @Req() request: Request,
  ): Promise<EmailVerified> {
    const { purpose, email, userId } = await this.auth.verifyEmail(token);
    if (userId) await signIn(request, userId);
    return { purpose, email };
  }

  /** Log in; the answer sets the session cookie */
  @Post('login')
  @Public()
  @HttpCode(200)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('wrong-credentials')
  async login(@Body() credentials: LoginRequest, @Req() request: Request): Promise<CurrentSession> {
    const userId = await this.auth.authenticate(credentials);
    const sessionId = await signIn(request, userId);
    return this.sessions.current({ userId, sessionId });
  }

  /** End this session */
  @Post('logout')
  @HttpCode(204)
  async logout(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await promisify(request.session.destroy.bind(request.session))();
    response.clearCookie(sessionCookieName(this.config), {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.config.usesHttps,
    });
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
    await this.auth.changePassword(viewer, change);
    await signIn(request, viewer.userId);
  }

  /** Ask for a link to choose a new password; the answer is the same if the address has no account */
  @Post('password/forgot')
  @Public()
  @HttpCode(202)
  @RateLimit(SENDS_MAIL)
  async forgotPassword(@Body() { email }: ForgotPasswordRequest): Promise<MailSent> {
    await this.auth.forgotPassword(email);
    return { message: `If ${email} has an account, a mail is on its way.` };
  }

  /** Choose a new password with the token from the mail; every session ends */
  @Post('password/reset')
  @Public()
  @HttpCode(204)
  @RateLimit({ perMinutes: 15, perAddress: 100, perAccount: 100 })
  @Refuses('link-expired')
  resetPassword(@Body() reset: ResetPasswordRequest): Promise<void> {
    return this.auth.resetPassword(reset);
  }

  /** Ask to move the account to another address; the link mailed there does it */
  @Post('email')
  @HttpCode(202)
  @RateLimit(SENDS_MAIL)
  async changeEmail(
    @CurrentViewer() viewer: RequestViewer,
    @Body() change: ChangeEmailRequest,
  ): Promise<MailSent> {
    await this.auth.askForEmailChange(viewer, change);
    return { message: `We have sent a mail to ${change.newEmail}.` };
  }
}
