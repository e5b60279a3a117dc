import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Event, EventAnswerPage, ResponsesQuery } from '@echomate/contracts/events.dto';
import { v7 as uuid } from 'uuid';
import { Access } from '../../access/access.service.js';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { PeopleService } from '../follows/people.service.js';
import { MembershipEnded } from '../groups/groups.domain-events.js';
import { GroupsService } from '../groups/groups.service.js';
import { AccountStatesService } from '../users/account-states.service.js';
import { AccountStateChanged } from '../users/users.domain-events.js';
import { EventAnswered, EventAnswerRemoved, EventPlaceGiven } from './events.domain-events.js';
import { isOver } from './events.policy.js';
import { EventsRepository, type EventRow } from './events.repository.js';
import { EventsService } from './events.service.js';
import { ResponsesRepository, type AnswerRow } from './responses.repository.js';

/**
 * Answers to events. Every change holds the lock of the series, so the counters equal the rows and no option has more
 * places taken than there are.
 */
@Injectable()
export class ResponsesService implements OnModuleInit {
  constructor(
    private readonly repository: ResponsesRepository,
    private readonly eventRows: EventsRepository,
    private readonly events: EventsService,
    private readonly groups: GroupsService,
    private readonly people: PeopleService,
    private readonly accounts: AccountStatesService,
    private readonly access: Access,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.domainEvents.durably([AccountStateChanged], 'events.recount', ({ userId }) =>
      this.recount(userId),
    );
    this.domainEvents.durably([MembershipEnded], 'events.leave', ({ groupId, userId }) =>
      this.leave(groupId, userId),
    );
  }

  /** Who has answered, in the order of their answers. */
  async list(
    viewerId: string,
    eventId: string,
    { optionId, cursor, limit }: ResponsesQuery,
  ): Promise<EventAnswerPage> {
    if (!(await this.access.canSee(viewerId, 'event', eventId))) throw notFound();
    const rows = await this.repository.findPage(
      viewerId,
      eventId,
      optionId ?? null,
      afterId(cursor),
      limit + 1,
    );
    const cards = await this.people.cards(
      viewerId,
      rows.map(({ userId }) => userId),
    );
    return pageOf(rows, limit, ({ userId, optionId, isWaiting, answeredAt }) => {
      const user = cards.get(userId);
      return user && { user, optionId, isWaiting: Boolean(isWaiting), answeredAt };
    });
  }

  async respond(viewerId: string, eventId: string, optionId: string): Promise<Event> {
    await this.database.transaction(async (transaction) => {
      // Whether it counts rests on the account, which must not change until this is saved.
      await locks.users(transaction, viewerId);
      const row = await this.open(transaction, viewerId, eventId);
      const option = await this.repository.findOption(transaction, row.seriesId, optionId);
      if (!option) throw invalidField('optionId', 'not-an-option');
      const before = await this.repository.find(transaction, eventId, viewerId);
      if (before?.optionId === optionId) return;
      if (before) await this.takeBack(transaction, before);
      const taken = await this.repository.countTaken(transaction, eventId, optionId);
      const isWaiting = option.capacity !== null && taken >= option.capacity;
      await this.repository.insert(transaction, {
        id: uuid(),
        eventId,
        optionId,
        isWaiting,
        userId: viewerId,
        isCounted: await this.accounts.isActive(transaction, viewerId),
        answeredAt: new Date().toISOString(),
      });
      await this.domainEvents.announce(
        transaction,
        new EventAnswered(eventId, viewerId, optionId, isWaiting),
      );
    });
    return this.events.event(viewerId, eventId);
  }

  async withdraw(viewerId: string, eventId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.open(transaction, viewerId, eventId);
      const before = await this.repository.find(transaction, eventId, viewerId);
      if (before) await this.takeBack(transaction, before);
    });
  }

  // ——— for this module; the caller holds the lock of the series

  /** After options got more places: who waits has one, in the order of the answers. */
  async fillPlaces(
    transaction: Transaction,
    options: { id: string; capacity: number | null }[],
  ): Promise<void> {
    for (const { id, capacity } of options)
      for (const eventId of await this.repository.findEventsWaitingFor(transaction, id))
        await this.moveUp(transaction, eventId, id, capacity);
  }

  /** All answers of a person, wherever they are: the account goes. */
  async removeAll(userId: string): Promise<void> {
    await this.each(userId, null, (transaction, answer) => this.takeBack(transaction, answer));
  }

  // ———

  private async open(
    transaction: Transaction,
    viewerId: string,
    eventId: string,
  ): Promise<EventRow> {
    const place = await this.eventRows.findPlace(transaction, eventId);
    if (!place) throw notFound();
    await this.groups.assertMember(transaction, place.groupId, viewerId);
    await locks.events(transaction, place.seriesId);
    const row = await this.eventRows.find(transaction, viewerId, eventId);
    if (!row) throw notFound();
    if (row.cancelledAt) throw refuse('event-cancelled');
    if (isOver(row, new Date())) throw refuse('event-over');
    return row;
  }

  /** A place that is free again goes to whoever has waited longest. */
  private async takeBack(transaction: Transaction, answer: AnswerRow): Promise<void> {
    const { eventId, optionId } = answer;
    await this.repository.delete(transaction, answer);
    await this.domainEvents.announce(transaction, new EventAnswerRemoved(eventId, answer.userId));
    if (answer.isWaiting) return;
    const option = await this.repository.findOptionOf(transaction, eventId, optionId);
    if (option) await this.moveUp(transaction, eventId, optionId, option.capacity);
  }

  private async moveUp(
    transaction: Transaction,
    eventId: string,
    optionId: string,
    capacity: number | null,
  ): Promise<void> {
    if (!(await this.repository.isStillOn(transaction, eventId))) return;
    for (;;) {
      const taken = await this.repository.countTaken(transaction, eventId, optionId);
      if (capacity !== null && taken >= capacity) return;
      const next = await this.repository.findNextWaiting(transaction, eventId, optionId);
      if (!next) return;
      await this.repository.givePlace(transaction, next);
      await this.domainEvents.announce(
        transaction,
        new EventPlaceGiven(eventId, next.userId, optionId),
      );
    }
  }

  /** Nothing of somebody's answers stays in a group that they left, unless they are back. */
  private async leave(groupId: string, userId: string): Promise<void> {
    await this.each(userId, groupId, async (transaction, answer) => {
      if (!(await this.access.canSee(userId, 'inside', groupId, transaction)))
        await this.takeBack(transaction, answer);
    });
  }

  /** Computed from the current state, so it may run any number of times and in any order. */
  private async recount(userId: string): Promise<void> {
    await this.each(userId, null, async (transaction, answer) => {
      const isCounted = await this.accounts.isActive(transaction, userId);
      if (Boolean(answer.isCounted) !== isCounted)
        await this.repository.count(transaction, answer, isCounted);
    });
  }

  /** One transaction for each answer, which holds the lock of its series. */
  private async each(
    userId: string,
    groupId: string | null,
    work: (transaction: Transaction, answer: AnswerRow) => Promise<void>,
  ): Promise<void> {
    await inPortionsOfIds(
      (after, limit) => this.repository.findIdsOf(userId, groupId, after, limit),
      async (ids) => {
        for (const id of ids)
          await this.database.transaction(async (transaction) => {
            const found = await this.repository.findById(transaction, id);
            if (!found) return;
            if (groupId) await locks.membership(transaction, groupId, userId);
            await locks.events(transaction, found.seriesId);
            const answer = await this.repository.findById(transaction, id);
            if (answer) await work(transaction, answer);
          });
      },
    );
  }
}
