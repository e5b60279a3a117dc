import { Injectable, Logger } from '@nestjs/common';
import type { Transaction } from '../database/statements.js';

type EventClass<Event> = new (...values: never[]) => Event;
type Listener<Event> = (event: Event) => Promise<void> | void;

/**
 * Tells whoever listens that something has happened: after it is saved, never if it was rolled back.
 * The announcer waits for the listeners. One that fails stops neither the others nor the request, whose
 * work is saved already; it is logged as an error. What must not be lost is a job, not a listener.
 */
@Injectable()
export class DomainEvents {
  private readonly logger = new Logger(DomainEvents.name);
  private readonly listeners = new Map<unknown, { name: string; listener: Listener<never> }[]>();

  on<Event>(event: EventClass<Event>, name: string, listener: Listener<Event>): void {
    const registered = this.listeners.get(event) ?? [];
    registered.push({ name, listener });
    this.listeners.set(event, registered);
  }

  announce(transaction: Transaction, event: object): void {
    transaction.afterCommit(() => this.deliver(event));
  }

  private async deliver(event: object): Promise<void> {
    const registered = this.listeners.get(event.constructor) ?? [];
    const outcomes = await Promise.allSettled(
      registered.map(async ({ listener }) => listener(event as never)),
    );
    outcomes.forEach((outcome, index) => {
      if (outcome.status === 'fulfilled') return;
      this.logger.error(
        {
          err: outcome.reason as unknown,
          event: event.constructor.name,
          listener: registered[index]!.name,
        },
        'A listener failed',
      );
    });
  }
}
