import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import {
  itemsOf,
  PersonalDataRegistry,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { NotificationMutesRepository } from './notification-mutes.repository.js';
import { NotificationSettingsRepository } from './notification-settings.repository.js';
import { NotificationsRepository } from './notifications.repository.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';
import { NotificationsService } from './notifications.service.js';

@Injectable()
export class NotificationsPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'notifications';
  readonly tables = {
    notifications: (userId: string) => itemsOf((page) => this.service.list(userId, page)),
    notification_actions: 'is in the notifications of those who were told',
    notification_states: 'only says up to where the list was looked at',
    notification_mutes: (userId: string) => this.muting.mutesOf(userId),
    notification_choices: (userId: string) => this.settings.choicesOf(userId),
    notification_settings: (userId: string) => this.settings.settingsOf(userId),
    push_subscriptions: (userId: string) => this.subscriptions.devicesOf(userId),
    notification_digests: 'only says when the next email is due, and up to where the last one told',
  };

  constructor(
    private readonly service: NotificationsService,
    private readonly repository: NotificationsRepository,
    private readonly muting: NotificationMutesRepository,
    private readonly settings: NotificationSettingsRepository,
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly database: Database,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** The person's own, and what others were told of the person. */
  async remove(userId: string): Promise<void> {
    await inPortionsOfIds(
      (after, limit) => this.repository.findIdsOf(userId, after, limit),
      (ids) => this.database.transaction((transaction) => this.repository.delete(transaction, ids)),
    );
    for (const deleteSome of [
      this.repository.deleteSomeActionsBy.bind(this.repository),
      this.muting.deleteSomeOf.bind(this.muting),
    ])
      await this.database.inBatches((transaction, limit) => deleteSome(transaction, userId, limit));
  }
}
