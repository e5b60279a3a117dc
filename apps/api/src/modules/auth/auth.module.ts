import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Viewers } from '../../platform/http/viewer.js';
import { MediaModule } from '../media/media.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountLimits } from './account-limits.js';
import { AuthController } from './auth.controller.js';
import { AuthMailer } from './auth.mailer.js';
import { AuthPersonalData } from './auth.personal-data.js';
import { AuthService } from './auth.service.js';
import { Credentials } from './credentials.service.js';
import { Devices } from './devices.js';
import { EmailAddressService } from './email-address.service.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { LocalStrategy } from './local.strategy.js';
import { Passwords } from './passwords.js';
import { RegistrationService } from './registration.service.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { SecurityLog } from './security-log.js';
import { SessionGuard } from './session.guard.js';
import { SessionStore } from './session-store.js';
import { SessionViewers } from './session-viewers.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SignIn } from './sign-in.js';

/** Global, because `platform` injects `Viewers` and imports no module. */
@Global()
@Module({
  imports: [UsersModule, MediaModule],
  controllers: [AuthController, SessionsController],
  providers: [
    AuthService,
    AuthPersonalData,
    LocalStrategy,
    AuthMailer,
    RegistrationService,
    SessionsService,
    EmailAddressService,
    Credentials,
    Passwords,
    Devices,
    AccountLimits,
    SecurityLog,
    SessionStore,
    SessionViewers,
    SignIn,
    { provide: Viewers, useExisting: SessionViewers },
    SessionsRepository,
    RegistrationsRepository,
    EmailTokensRepository,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [Viewers, SessionsService],
})
export class AuthModule {}
