import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { ConnectedLoginsService } from './connected-logins.service.js';
import { IdentitiesRepository } from './identities.repository.js';
import { OutsideCookies } from './outside-cookies.js';
import { OutsideLoginsController } from './outside-logins.controller.js';
import { OutsideLoginsPersonalData } from './outside-logins.personal-data.js';
import { OutsideLoginsService } from './outside-logins.service.js';
import { Providers } from './providers.js';

@Module({
  imports: [UsersModule],
  controllers: [OutsideLoginsController],
  providers: [
    OutsideLoginsService,
    ConnectedLoginsService,
    OutsideLoginsPersonalData,
    OutsideCookies,
    Providers,
    IdentitiesRepository,
  ],
})
export class OutsideLoginsModule {}
