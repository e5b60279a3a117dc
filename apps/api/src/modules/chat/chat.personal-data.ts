import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Conversation } from '@echomate/contracts/chat.dto';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import { locks } from '../../platform/database/locks.js';
import {
  itemsOf,
  PersonalDataRegistry,
  rowsOf,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { ChatListener } from './chat.listener.js';
import { ConversationsService } from './conversations.service.js';
import { MessagesService } from './messages.service.js';
import { ConversationsRepository } from './conversations.repository.js';
import { MessagesRepository } from './messages.repository.js';
import { PresenceSettingsRepository } from './presence-settings.repository.js';

@Injectable()
export class ChatPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'chat';
  readonly tables = {
    conversations: (userId: string) => this.listed(userId),
    participants: (userId: string) =>
      rowsOf((after, limit) => this.conversations.findSeenPartsOf(userId, after, limit)),
    messages: (userId: string) => this.readable(userId),
    message_reactions: (userId: string) =>
      rowsOf((after, limit) => this.messages.findReactionsOf(userId, after, limit)),
    hidden_presences: 'is a setting',
  };

  constructor(
    private readonly shown: ConversationsService,
    private readonly shownMessages: MessagesService,
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly presence: PresenceSettingsRepository,
    private readonly listener: ChatListener,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** Messages stay for the others, without their sender; a conversation that nobody is left of goes. */
  async remove(userId: string): Promise<void> {
    await this.database.inBatches((transaction, limit) =>
      this.messages.deleteSomeReactionsOf(transaction, userId, limit),
    );
    await this.database.inBatches((transaction, limit) =>
      this.messages.forgetSender(transaction, userId, limit),
    );
    await inPortionsOfIds(
      (after, limit) => this.conversations.findPartIdsOf(userId, after, limit),
      async (ids) => {
        for (const id of ids) await this.leave(userId, id);
      },
    );
    await this.database.transaction((transaction) => this.presence.set(transaction, userId, true));
  }

  /** Those of others too: it is their conversation, as far as they can read it now. */
  private async *readable(userId: string): AsyncGenerator<object> {
    for await (const { id } of this.listed(userId))
      yield* itemsOf((page) => this.shownMessages.list(userId, id, page));
  }

  /** Archived and declined ones too. */
  private listed(userId: string): AsyncGenerator<Conversation> {
    return rowsOf((after, limit) => this.shown.some(userId, after, limit));
  }

  private async leave(userId: string, partId: string): Promise<void> {
    const left = await this.database.transaction(async (transaction) => {
      const id = await this.conversations.findIdOfPart(transaction, partId);
      if (!id) return null;
      await locks.conversation(transaction, id);
      return (await this.conversations.leave(transaction, id, userId)) ? id : null;
    });
    if (left) await this.listener.wipeConversation(left);
  }
}
