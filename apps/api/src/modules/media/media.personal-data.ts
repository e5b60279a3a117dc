import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  mapped,
  PersonalDataRegistry,
  rowsOf,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { MediaFiles } from './media-files.service.js';
import { toMedia } from './media.mapper.js';
import { MediaRepository } from './media.repository.js';

@Injectable()
export class MediaPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'media';
  readonly tables = {
    // Avatar and banner are part of the profile's export.
    media: (userId: string) =>
      mapped(
        rowsOf((after, limit) => this.repository.findAttachmentsOf(userId, after, limit)),
        toMedia,
      ),
  };

  constructor(
    private readonly repository: MediaRepository,
    private readonly files: MediaFiles,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** Jobs delete the files; they are saved in the transaction that deletes the rows. */
  remove(userId: string): Promise<void> {
    return this.database.inBatches(async (transaction, limit) => {
      const gone = await this.repository.deleteSomeOf(transaction, userId, limit);
      for (const [purpose, media] of Map.groupBy(gone, (medium) => medium.purpose)) {
        const ids = media.map(({ id }) => id);
        await this.files.removeLater(transaction, ids, purpose);
      }
      return gone.length;
    });
  }
}
