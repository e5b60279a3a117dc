import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  itemsOf,
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { SessionsService } from './sessions.service.js';

@Injectable()
export class AuthPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'auth';
  readonly tables = {
    sessions: (userId: string) => itemsOf((page) => this.sessions.list({ userId }, page)),
    email_tokens: 'holds secrets that end, and says nothing of a person',
  };

  constructor(
    private readonly sessions: SessionsService,
    private readonly tokens: EmailTokensRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** The sessions ended when the account was hidden. */
  readonly remove = async (userId: string): Promise<void> => {
    await this.database.transaction((transaction) => this.tokens.deleteAllOf(transaction, userId));
  };
}
