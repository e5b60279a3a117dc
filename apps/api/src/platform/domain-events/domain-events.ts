import { Injectable, Logger } from '@nestjs/common';
import type { Transaction } from '../database/statements.js';
import { Jobs, type JobRun } from '../jobs/jobs.service.js';

type EventClass<Event> = new (...values: never[]) => Event;

interface Listeners {
  inTransaction: ((event: never, transaction: Transaction) => Promise<void>)[];
  afterCommit: { name: string; listener: (event: never) => Promise<void> | void }[];
  durable: string[];
}

/**
 * The only way in which a module reacts to what another one did. A listener says how it listens:
 * in the transaction, for what must never disagree with the event; after the commit, for what may be lost in a
 * crash; or durably, for what must happen however often it has to be tried.
 */
@Injectable()
export class DomainEvents {
  private readonly logger = new Logger(DomainEvents.name);
  private readonly listeners = new Map<unknown, Listeners>();

  constructor(private readonly jobs: Jobs) {}

  /** Part of the announcement's transaction: both are saved, or neither. */
  inTransaction<Event>(
    event: EventClass<Event>,
    listener: (event: Event, transaction: Transaction) => Promise<void>,
  ): void {
    this.of(event).inTransaction.push(listener);
  }

  /**
   * When the event is saved. The announcer waits, but one that fails stops neither the others nor the request, whose
   * work is saved already; the log tells of it.
   */
  afterCommit<Event>(
    event: EventClass<Event>,
    name: string,
    listener: (event: Event) => Promise<void> | void,
  ): void {
    this.of(event).afterCommit.push({ name, listener });
  }

  /**
   * By a job that is saved with the event. `name` is kept in the database beside jobs that wait, so renaming it takes
   * a migration. A listener gets what the event holds, and may get it more than once.
   */
  durably<Event extends object>(
    events: EventClass<Event>[],
    name: string,
    listener: (event: Event, run: JobRun) => Promise<void>,
  ): void {
    for (const event of events) this.of(event).durable.push(name);
    this.jobs.handle<Event>(name, listener);
  }

  async announce(transaction: Transaction, event: object): Promise<void> {
    const { inTransaction, afterCommit, durable } = this.of(event.constructor);
    for (const listener of inTransaction) await listener(event as never, transaction);
    for (const name of durable) await this.jobs.enqueue(transaction, name, event);
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
