import { Module } from '@nestjs/common';
import { MediaFiles } from './media-files.service.js';
import { MediaRepository } from './media.repository.js';
import { MediaService } from './media.service.js';

@Module({
  providers: [MediaService, MediaFiles, MediaRepository],
  exports: [MediaService],
})
export class MediaModule {}
