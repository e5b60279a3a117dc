import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Viewers } from '../../platform/http/viewer.js';
import { MediaModule } from '../media/media.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountLimits } from './account-limits.js';
import { AdmissionService } from './admission.service.js';
import { ApplicationsService } from './applications.service.js';
import { AuthController } from './auth.controller.js';
import { AuthMailer } from './auth.mailer.js';
import { AuthPersonalData } from './auth.personal-data.js';
import { AuthService } from './auth.service.js';
import { ConfirmedRegistrationsService } from './confirmed-registrations.service.js';
import { Credentials } from './credentials.service.js';
import { Devices } from './devices.js';
import { EmailAddressService } from './email-address.service.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { AccountHistory } from './history/account-history.service.js';
import { HistoryController } from './history/history.controller.js';
import { HistoryRepository } from './history/history.repository.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InvitationsService } from './invitations.service.js';
import { LocalStrategy } from './local.strategy.js';
import { LogInService } from './log-in.service.js';
import { Passwords } from './passwords.js';
import { AccessTokens } from './programs/access-tokens.js';
import { ProgramLogins } from './programs/program-logins.service.js';
import { ProgramSecrets } from './programs/program-secrets.js';
import { ProgramsController } from './programs/programs.controller.js';
import { ProgramsRepository } from './programs/programs.repository.js';
import { ProgramsService } from './programs/programs.service.js';
import { RegistrationService } from './registration.service.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { RoleChangesService } from './role-changes.service.js';
import { SecondStepsService } from './second-steps.service.js';
import { SecurityLog } from './security-log.js';
import { SessionGuard } from './session.guard.js';
import { SessionStore } from './session-store.js';
import { SessionViewers } from './session-viewers.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SignIn } from './sign-in.js';
import { Tickets } from './tickets.js';

/** Global, because `platform` injects `Viewers` and imports no module. */
@Global()
@Module({
  imports: [UsersModule, MediaModule],
  controllers: [AuthController, SessionsController, ProgramsController, HistoryController],
  providers: [
    AuthService,
    AuthPersonalData,
    LocalStrategy,
    AuthMailer,
    RegistrationService,
    ConfirmedRegistrationsService,
    AdmissionService,
    ApplicationsService,
    InvitationsService,
    RoleChangesService,
    SessionsService,
    EmailAddressService,
    ProgramsService,
    ProgramLogins,
    ProgramSecrets,
    AccessTokens,
    ProgramsRepository,
    Credentials,
    Passwords,
    Devices,
    LogInService,
    SecondStepsService,
    Tickets,
    AccountLimits,
    SecurityLog,
    AccountHistory,
    HistoryRepository,
    SessionStore,
    SessionViewers,
    SignIn,
    { provide: Viewers, useExisting: SessionViewers },
    SessionsRepository,
    RegistrationsRepository,
    InvitationsRepository,
    EmailTokensRepository,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [
    Viewers,
    AuthService,
    ConfirmedRegistrationsService,
    SessionsService,
    LogInService,
    SecondStepsService,
    Credentials,
    ApplicationsService,
    InvitationsService,
    RoleChangesService,
  ],
})
export class AuthModule {}
