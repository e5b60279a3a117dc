import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AppSetup,
  ConfirmAppRequest,
  FreshProof,
  PasskeyQuestion,
  RecoveryCodes,
  TwoStepOn,
  TwoStepState,
} from '@echomate/contracts/second-factors.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { PROVES_PASSWORD, RateLimit } from '../../platform/http/rate-limits.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { FreshProofService } from './fresh-proof.service.js';
import { TwoStepService } from './two-step.service.js';

@ApiTags('auth')
@Controller('auth')
export class TwoStepController {
  constructor(
    private readonly twoStep: TwoStepService,
    private readonly freshProof: FreshProofService,
  ) {}

  /** Ask one of your passkeys to show that it's you: its answer can stand for the password */
  @Post('proof/challenge')
  @HttpCode(200)
  @Refuses('conflict')
  question(@CurrentViewer() viewer: RequestViewer): Promise<PasskeyQuestion> {
    return this.freshProof.question(viewer);
  }

  /** Whether logging in to your account takes a second step */
  @Get('two-step')
  state(@CurrentViewer() viewer: RequestViewer): Promise<TwoStepState> {
    return this.twoStep.state(viewer);
  }

  /** Set up an app that makes codes; it counts once its first code was given */
  @Post('two-step/app')
  @HttpCode(200)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('wrong-credentials')
  beginApp(@CurrentViewer() viewer: RequestViewer, @Body() proof: FreshProof): Promise<AppSetup> {
    return this.twoStep.beginApp(viewer, proof);
  }

  /** Turn two-step log-in on with the first code of the app, or go on with a new app */
  @Put('two-step/app')
  @RateLimit(PROVES_PASSWORD)
  confirmApp(
    @CurrentViewer() viewer: RequestViewer,
    @Body() request: ConfirmAppRequest,
  ): Promise<TwoStepOn> {
    return this.twoStep.confirmApp(viewer, request);
  }

  /** Turn two-step log-in on with your passkeys as the second step */
  @Post('two-step/passkeys')
  @HttpCode(200)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('wrong-credentials', 'conflict')
  turnOnWithPasskeys(
    @CurrentViewer() viewer: RequestViewer,
    @Body() proof: FreshProof,
  ): Promise<TwoStepOn> {
    return this.twoStep.turnOnWithPasskeys(viewer, proof);
  }

  /** Make new recovery codes; the old ones end */
  @Post('two-step/recovery-codes')
  @HttpCode(200)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('wrong-credentials', 'conflict')
  makeCodes(
    @CurrentViewer() viewer: RequestViewer,
    @Body() proof: FreshProof,
  ): Promise<RecoveryCodes> {
    return this.twoStep.makeCodes(viewer, proof);
  }

  /** Turn two-step login off */
  @Post('two-step/off')
  @HttpCode(204)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('wrong-credentials')
  turnOff(@CurrentViewer() viewer: RequestViewer, @Body() proof: FreshProof): Promise<void> {
    return this.twoStep.turnOff(viewer, proof);
  }
}
