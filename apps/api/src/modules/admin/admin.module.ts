import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { UsersModule } from '../users/users.module.js';
import { AdmissionController } from './admission.controller.js';
import { RolesController } from './roles.controller.js';
import { SiteAdminService } from './site-admin.service.js';
import { SiteController } from './site.controller.js';
import { SiteLogoService } from './site-logo.service.js';

@Module({
  imports: [UsersModule, AuthModule],
  controllers: [SiteController, RolesController, AdmissionController],
  providers: [SiteAdminService, SiteLogoService],
})
export class AdminModule {}
