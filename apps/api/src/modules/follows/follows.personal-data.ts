import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import {
  itemsOf,
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { BlocksRepository } from './blocks.repository.js';
import { BlocksService } from './blocks.service.js';
import { FollowListsService } from './follow-lists.service.js';
import { FollowRecountService } from './follow-recount.service.js';
import { FollowsRepository } from './follows.repository.js';

@Injectable()
export class FollowsPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'follows';
  readonly tables = {
    follows: (userId: string) => this.follows(userId),
    follow_counts: 'counts what is in `follows`',
    blocks: (userId: string) => itemsOf((page) => this.blocks.blocked(userId, page)),
    mutes: (userId: string) => itemsOf((page) => this.blocks.muted(userId, page)),
  };

  constructor(
    private readonly repository: FollowsRepository,
    private readonly blocksRepository: BlocksRepository,
    private readonly lists: FollowListsService,
    private readonly blocks: BlocksService,
    private readonly recount: FollowRecountService,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** Recounts first: only uncounted rows may be deleted. */
  async remove(userId: string): Promise<void> {
    await this.recount.recount(userId);
    for (const removeSome of [
      this.repository.deleteSomeOf.bind(this.repository),
      this.blocksRepository.deleteSomeOf.bind(this.blocksRepository),
    ])
      await this.database.inBatches((transaction, limit) => removeSome(transaction, userId, limit));
  }

  private async *follows(userId: string): AsyncGenerator<object> {
    const all = {
      following: itemsOf((page) => this.lists.following(userId, userId, page)),
      followers: itemsOf((page) => this.lists.followers(userId, userId, page)),
      asks: itemsOf((page) => this.lists.requests(userId, page)),
    };
    for (const [kind, people] of Object.entries(all))
      for await (const person of people) yield { kind, ...person };
  }
}
