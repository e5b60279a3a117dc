import { Module } from '@nestjs/common';
import { GroupsModule } from '../groups/groups.module.js';
import { MediaModule } from '../media/media.module.js';
import { UsersModule } from '../users/users.module.js';
import { ExportContents } from './export-contents.service.js';
import { ExportsController } from './exports.controller.js';
import { ExportsRepository } from './exports.repository.js';
import { ExportsService } from './exports.service.js';
import { LeavingController } from './leaving.controller.js';
import { LeavingService } from './leaving.service.js';

@Module({
  imports: [UsersModule, GroupsModule, MediaModule],
  controllers: [LeavingController, ExportsController],
  providers: [LeavingService, ExportsService, ExportContents, ExportsRepository],
})
export class LeavingModule {}
