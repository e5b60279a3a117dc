import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  itemsOf,
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { EmailTokensRepository } from './email-tokens.repository.js';
import { AccountHistory } from './history/account-history.service.js';
import { ProgramsService } from './programs/programs.service.js';
import { SessionsService } from './sessions.service.js';

@Injectable()
export class AuthPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'auth';
  readonly tables = {
    sessions: (userId: string) => itemsOf((page) => this.sessions.list({ userId }, page)),
    programs: (userId: string) => itemsOf((page) => this.programs.list({ userId }, page)),
    account_history: (userId: string) => itemsOf((page) => this.history.list({ userId }, page)),
    invitations: 'belong to the site; they say who made a link, as long as the account exists',
    invitation_uses: 'say by which link somebody came, and go with the account',
    email_tokens: 'holds secrets that end, and says nothing of a person',
  };

  constructor(
    private readonly sessions: SessionsService,
    private readonly programs: ProgramsService,
    private readonly history: AccountHistory,
    private readonly tokens: EmailTokensRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** The sessions and programs ended when the account was hidden. */
  async remove(userId: string): Promise<void> {
    await this.history.removeAllOf(userId);
    await this.database.transaction((transaction) => this.tokens.deleteAllOf(transaction, userId));
  }
}
