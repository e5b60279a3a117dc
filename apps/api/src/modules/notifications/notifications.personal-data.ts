import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds, untilLittleIsLeft } from '../../platform/database/portions.js';
import {
  itemsOf,
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { NotificationChoicesRepository } from './notification-choices.repository.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';

@Injectable()
export class NotificationsPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'notifications';
  readonly tables = {
    notifications: (userId: string) => itemsOf((page) => this.service.list(userId, page)),
    notification_actions: 'is in the notifications of those who were told',
    notification_states: 'only says up to where the list was looked at',
    silenced_notifications: (userId: string) => this.choices.silencedBy(userId),
    notification_mutes: (userId: string) => this.choices.mutesOf(userId),
  };

  constructor(
    private readonly service: NotificationsService,
    private readonly repository: NotificationsRepository,
    private readonly choices: NotificationChoicesRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** The person's own, and what others were told of the person. */
  readonly remove = async (userId: string): Promise<void> => {
    await inPortionsOfIds(
      (after, limit) => this.repository.findIdsOf(userId, after, limit),
      (ids) => this.database.transaction((transaction) => this.repository.delete(transaction, ids)),
    );
    for (const deleteSome of [
      this.repository.deleteSomeActionsBy.bind(this.repository),
      this.choices.deleteSomeOf.bind(this.choices),
    ])
      await untilLittleIsLeft((limit) =>
        this.database.transaction((transaction) => deleteSome(transaction, userId, limit)),
      );
  };
}
