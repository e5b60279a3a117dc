import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { SearchIndexingService } from './search-indexing.service.js';

@Injectable()
export class SearchPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'search';
  readonly tables = {
    search_documents: 'only repeats which posts, comments and events there are',
  };

  constructor(
    private readonly indexing: SearchIndexingService,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  remove(userId: string): Promise<void> {
    return this.indexing.forget(userId);
  }
}
