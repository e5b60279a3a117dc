import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { UsersModule } from '../users/users.module.js';
import { Challenges } from './challenges.js';
import { FreshProofService } from './fresh-proof.service.js';
import { LogInStepsController } from './log-in-steps.controller.js';
import { PasskeyAnswersService } from './passkey-answers.service.js';
import { PasskeysController } from './passkeys.controller.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PasskeysService } from './passkeys.service.js';
import { SecondFactorsMailer } from './second-factors.mailer.js';
import { SecondFactorsPersonalData } from './second-factors.personal-data.js';
import { SecondStepService } from './second-step.service.js';
import { Secrets } from './secrets.js';
import { TwoStepController } from './two-step.controller.js';
import { TwoStepRepository } from './two-step.repository.js';
import { TwoStepService } from './two-step.service.js';

@Module({
  imports: [AuthModule, UsersModule],
  controllers: [LogInStepsController, TwoStepController, PasskeysController],
  providers: [
    TwoStepService,
    SecondStepService,
    PasskeysService,
    PasskeyAnswersService,
    FreshProofService,
    SecondFactorsMailer,
    SecondFactorsPersonalData,
    Challenges,
    Secrets,
    TwoStepRepository,
    PasskeysRepository,
  ],
})
export class SecondFactorsModule {}
