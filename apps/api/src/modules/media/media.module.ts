import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { MediaFiles } from './media-files.service.js';
import { MediaProcessing } from './media-processing.service.js';
import { MediaReceiving } from './media-receiving.service.js';
import { MediaUploads } from './media-upload.service.js';
import { MediaController } from './media.controller.js';
import { MediaPersonalData } from './media.personal-data.js';
import { MediaRepository } from './media.repository.js';
import { MediaService } from './media.service.js';
import { ProfilePicturesController } from './profile-pictures.controller.js';
import { ProfilePicturesService } from './profile-pictures.service.js';

@Module({
  imports: [UsersModule],
  controllers: [MediaController, ProfilePicturesController],
  providers: [
    MediaService,
    MediaReceiving,
    MediaUploads,
    ProfilePicturesService,
    MediaProcessing,
    MediaFiles,
    MediaPersonalData,
    MediaRepository,
  ],
  exports: [MediaService, MediaUploads, ProfilePicturesService],
})
export class MediaModule {}
