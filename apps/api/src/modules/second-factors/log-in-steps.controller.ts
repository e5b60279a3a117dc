import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LoggedIn } from '@echomate/contracts/auth.dto';
import {
  PasskeyAnswer,
  PasskeyQuestion,
  SecondStepChoices,
  SecondStepRequest,
} from '@echomate/contracts/second-factors.dto';
import type { Request, Response } from 'express';
import { Config } from '../../platform/config/config.js';
import { Refuses } from '../../platform/http/api-docs.js';
import { readCookie, setCookie } from '../../platform/http/cookies.js';
import { Public } from '../../platform/http/public.decorator.js';
import { notFound } from '../../platform/http/problem.js';
import { CountsItself, RateLimit } from '../../platform/http/rate-limits.js';
import { newSecret } from '../../platform/secrets/secrets.js';
import type { Proof } from '../auth/auth.service.js';
import { LogInService } from '../auth/log-in.service.js';
import { PasskeysService } from './passkeys.service.js';
import { SecondStepService } from './second-step.service.js';

const ASKS = { perMinutes: 15, perAddress: 600 };
const ANSWERS = { perMinutes: 15, perAddress: 100 };

/** The answer to a question counts only from the browser that was asked. */
const BROWSER_COOKIE = { name: 'echomate_passkey', days: 1 };

@ApiTags('auth')
@Controller('auth')
export class LogInStepsController {
  constructor(
    private readonly secondStep: SecondStepService,
    private readonly passkeys: PasskeysService,
    private readonly logIn: LogInService,
    private readonly config: Config,
  ) {}

  /** How the log-in can go on that waits for its second step in this browser */
  @Get('second-factor')
  @Public()
  @RateLimit(ASKS)
  @Refuses('not-found')
  choices(@Req() request: Request): Promise<SecondStepChoices> {
    return this.secondStep.choices(this.pending(request));
  }

  /** Ask for a passkey as the second step */
  @Post('second-factor/challenge')
  @Public()
  @HttpCode(200)
  @RateLimit(ASKS)
  @Refuses('not-found')
  async secondStepQuestion(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PasskeyQuestion> {
    return this.secondStep.question(this.pending(request), this.browserOf(request, response));
  }

  /** Log in with the second step: a code of the app, a recovery code, or the answer of a passkey */
  @Post('second-factor')
  @Public()
  @HttpCode(200)
  @CountsItself()
  @Refuses(
    'not-found',
    'wrong-credentials',
    'account-suspended',
    'account-leaving',
    'second-factor-needed',
  )
  async takeSecondStep(
    @Body() step: SecondStepRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoggedIn> {
    const pending = this.pending(request);
    const proof = await this.secondStep.take(pending, step, {
      browser: this.browserOf(request, response),
      device: this.logIn.knownDevice(request, pending.userId),
    });
    return this.logIn.finish(request, response, proof);
  }

  /** Ask for a passkey to log in with; the answer sets a cookie that says which browser was asked */
  @Post('passkeys/challenge')
  @Public()
  @HttpCode(200)
  @RateLimit(ASKS)
  question(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): PasskeyQuestion {
    return this.passkeys.question(this.browserOf(request, response));
  }

  /** Log in with a passkey, without a password; it counts as both steps */
  @Post('passkeys/log-in')
  @Public()
  @HttpCode(200)
  @RateLimit(ANSWERS)
  @Refuses('wrong-credentials', 'account-suspended', 'account-leaving', 'second-factor-needed')
  async logInWithPasskey(
    @Body() answer: PasskeyAnswer,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoggedIn> {
    const proof = await this.passkeys.logIn(answer, this.browserOf(request, response));
    return this.logIn.finish(request, response, proof);
  }

  private pending(request: Request): Proof {
    const proof = this.logIn.pending(request, 'secondStep');
    if (!proof) throw notFound();
    return proof;
  }

  private browserOf(request: Request, response: Response): string {
    const { name, days } = BROWSER_COOKIE;
    const known = readCookie(request, this.config, name);
    if (known && known.length >= 20) return known;
    const secret = newSecret(16);
    setCookie(response, this.config, name, secret, days);
    return secret;
  }
}
