import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import {
  PersonalDataRegistry,
  rowsOf,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { GroupWiped } from '../groups/groups.domain-events.js';
import { CalendarsRepository } from './calendars.repository.js';
import { EventsRepository } from './events.repository.js';
import { ResponsesRepository } from './responses.repository.js';
import { ResponsesService } from './responses.service.js';

@Injectable()
export class EventsPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'events';
  readonly tables = {
    event_series: 'belong to the members of their groups',
    event_answers: (userId: string) =>
      rowsOf((after, limit) => this.answers.findOf(userId, after, limit)),
    calendars: 'hold only the hash of a secret',
  };

  constructor(
    private readonly events: EventsRepository,
    private readonly answers: ResponsesRepository,
    private readonly responses: ResponsesService,
    private readonly calendars: CalendarsRepository,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
    this.domainEvents.durably([GroupWiped], 'events.wipe', ({ groupId }) => this.wipe(groupId));
  }

  /** Places are free again; events stay with their groups. */
  async remove(userId: string): Promise<void> {
    await this.responses.removeAll(userId);
    await this.database.transaction((transaction) => this.calendars.delete(transaction, userId));
    await this.database.inBatches((transaction, limit) =>
      this.events.forgetCreator(transaction, userId, limit),
    );
  }

  private async wipe(groupId: string): Promise<void> {
    for (const kind of ['answers', 'counts', 'events', 'options', 'series'] as const)
      await this.database.inBatches((transaction, limit) =>
        this.events.deleteSomeOf(transaction, kind, groupId, limit),
      );
  }
}
