import type { EventScope } from '@echomate/contracts/events.dto';
import type { ReminderTime } from './event-times.js';

// Listeners that notify people must test the rule for each of them.

export class EventCreated {
  constructor(
    /** Of its first date */
    readonly eventId: string,
    readonly seriesId: string,
    readonly groupId: string,
    readonly creatorId: string,
  ) {}
}

export type ChangedField =
  'title' | 'description' | 'place' | 'start' | 'end' | 'zone' | 'options' | 'until';

/** Those who answered learn what has changed. */
export class EventChanged {
  constructor(
    readonly eventId: string,
    readonly seriesId: string,
    readonly groupId: string,
    readonly changedById: string,
    readonly changed: ChangedField[],
    readonly scope: EventScope,
  ) {}
}

export class EventCancelled {
  constructor(
    readonly eventId: string,
    readonly seriesId: string,
    readonly groupId: string,
    readonly cancelledById: string,
    readonly scope: EventScope,
  ) {}
}

/** Nobody had answered. */
export class EventDeleted {
  constructor(
    readonly seriesId: string,
    readonly groupId: string,
  ) {}
}

export class EventAnswered {
  constructor(
    readonly eventId: string,
    readonly userId: string,
    readonly optionId: string,
    readonly isWaiting: boolean,
  ) {}
}

/** Taken back, changed, or gone with the membership */
export class EventAnswerRemoved {
  constructor(
    readonly eventId: string,
    readonly userId: string,
  ) {}
}

/** Somebody who waited has a place now. */
export class EventPlaceGiven {
  constructor(
    readonly eventId: string,
    readonly userId: string,
    readonly optionId: string,
  ) {}
}

/** Once for each start of an event, a day and an hour before. */
export class EventReminderDue {
  constructor(
    readonly eventId: string,
    readonly groupId: string,
    readonly before: ReminderTime,
  ) {}
}
