import { Module } from '@nestjs/common';
import { MediaFiles } from './media-files.service.js';
import { MediaProcessing } from './media-processing.service.js';
import { MediaUploads } from './media-upload.service.js';
import { MediaController } from './media.controller.js';
import { MediaRepository } from './media.repository.js';
import { MediaService } from './media.service.js';

@Module({
  controllers: [MediaController],
  providers: [MediaService, MediaUploads, MediaProcessing, MediaFiles, MediaRepository],
  exports: [MediaService],
})
export class MediaModule {}
