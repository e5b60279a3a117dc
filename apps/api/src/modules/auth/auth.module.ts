import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { UsersModule } from '../users/users.module.js';
import { AccountLimits } from './account-limits.js';
import { AuthController } from './auth.controller.js';
import { AuthMailer } from './auth.mailer.js';
import { AuthService } from './auth.service.js';
import { Credentials } from './credentials.service.js';
import { Devices } from './devices.js';
import { EmailAddressService } from './email-address.service.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { Passwords } from './passwords.js';
import { RegistrationService } from './registration.service.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { SecurityLog } from './security-log.js';
import { SessionGuard } from './session.guard.js';
import { SessionMiddleware } from './session.middleware.js';
import { SessionStore } from './session-store.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [UsersModule],
  controllers: [AuthController, SessionsController],
  providers: [
    AuthService,
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
    SessionsRepository,
    RegistrationsRepository,
    EmailTokensRepository,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
})
export class AuthModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(SessionMiddleware).forRoutes('{*path}');
  }
}
