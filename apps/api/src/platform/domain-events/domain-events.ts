import { Injectable, Logger } from '@nestjs/common';
import type { Transaction } from '../database/statements.js';
import { Jobs, type JobRun } from '../jobs/jobs.service.js';

type EventClass<Event> = new (...values: never[]) => Event;

interface Listeners {
  inTransaction: ((event: never, transaction: Transaction) => Promise<void>)[];
  afterCommit: { name: string; listener: (event: never) => Promise<void> | void }[];
  durable: { name: string; batchOf: ((event: never) => string) | null }[];
}

/**
 * The only way for a module to react to another one. A listener chooses when it runs: in the transaction, if it must
 * never disagree with the event; after the commit, if it may be lost in a crash; or durably, if it must be retried
 * until it succeeds.
 */
@Injectable()
export class DomainEvents {
  private readonly logger = new Logger(DomainEvents.name);
  private readonly listeners = new Map<unknown, Listeners>();

  constructor(private readonly jobs: Jobs) {}

  /** Part of the announcing transaction: both are saved, or neither. */
  inTransaction<Event>(
    event: EventClass<Event>,
    listener: (event: Event, transaction: Transaction) => Promise<void>,
  ): void {
    this.of(event).inTransaction.push(listener);
  }

  /**
   * After the event is saved. The announcer waits. A failure is logged and stops neither other listeners nor the
   * request, whose work is saved.
   */
  afterCommit<Event>(
    event: EventClass<Event>,
    name: string,
    listener: (event: Event) => Promise<void> | void,
  ): void {
    this.of(event).afterCommit.push({ name, listener });
  }

  /**
   * By a job that is saved with the event. `name` is stored with pending jobs, so renaming it takes a migration. A
   * listener gets the event's data, possibly more than once.
   */
  durably<Event extends object>(
    events: EventClass<Event>[],
    name: string,
    listener: (event: Event, run: JobRun) => Promise<void>,
  ): void {
    for (const event of events) this.of(event).durable.push({ name, batchOf: null });
    this.jobs.handle<Event>(name, listener);
  }

  /** The same for events that are handled more cheaply together: all pending ones of one batch. */
  durablyTogether<Event extends object>(
    events: EventClass<Event>[],
    name: string,
    batchOf: (event: Event) => string,
    listener: (events: Event[], run: JobRun) => Promise<void>,
  ): void {
    for (const event of events) this.of(event).durable.push({ name, batchOf });
    this.jobs.handleTogether<Event>(name, listener);
  }

  async announce(transaction: Transaction, event: object): Promise<void> {
    const { inTransaction, afterCommit, durable } = this.of(event.constructor);
    for (const listener of inTransaction) await listener(event as never, transaction);
    for (const { name, batchOf } of durable)
      await this.jobs.enqueue(transaction, name, event, {
        batch: batchOf?.(event as never) ?? null,
      });
    if (!afterCommit.length) return;
    transaction.afterCommit(async () => {
      const outcomes = await Promise.allSettled(
        afterCommit.map(async ({ listener }) => listener(event as never)),
      );
      outcomes.forEach((outcome, index) => {
        if (outcome.status === 'fulfilled') return;
        const { name } = afterCommit[index]!;
        this.logger.error(
          { err: outcome.reason as unknown, event: event.constructor.name, listener: name },
          'A listener failed',
        );
      });
    });
  }

  private of(event: unknown): Listeners {
    let listeners = this.listeners.get(event);
    if (!listeners) {
      listeners = { inTransaction: [], afterCommit: [], durable: [] };
      this.listeners.set(event, listeners);
    }
    return listeners;
  }
}
