import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import {
  IfGiven,
  IsDay,
  IsEventTitle,
  IsFlag,
  IsId,
  IsLocalTime,
  IsOptionTitle,
  IsOptionalDay,
  IsOptionalLocalTime,
  IsOptionalText,
  IsOptionalTime,
  IsOptions,
  IsZone,
} from './fields.js';
import { PersonCard } from './follows.dto.js';
import { GroupName } from './groups.dto.js';
import { LIMITS } from './limits.js';
import { ListQuery, PageQuery } from './paging.dto.js';
import { saying, sayingOneOf } from './saying.js';
import { UserCard } from './users.dto.js';

export const REPETITIONS = ['weekly', 'monthly'] as const;
export type Repetition = (typeof REPETITIONS)[number];

/** What a change of a repeated event is about: this date alone, or this one and all later ones. */
export const EVENT_SCOPES = ['this', 'following'] as const;
export type EventScope = (typeof EVENT_SCOPES)[number];

/** Something that one can answer to an event. */
export class EventOption {
  id!: string;
  title!: string;
  /** How many places there are; null for any number */
  capacity!: number | null;
  /** How many have picked it and have a place */
  answerCount!: number;
  /** How many have picked it and wait for a place */
  waitingCount!: number;
  isFull!: boolean;
}

/** The viewer's answer. */
export class EventResponse {
  optionId!: string;
  /** No place is free yet */
  isWaiting!: boolean;
  answeredAt!: string;
}

/** An event on one day. A repeated event has one of these for each of its dates, with answers of its own. */
export class Event {
  id!: string;
  /** The same for all dates of a repeated event; the post in the group that has its comments has this id too */
  seriesId!: string;
  group!: GroupName;
  /** Null if the viewer can't see them, or if the account is gone */
  creator!: UserCard | null;
  title!: string;
  description!: string;
  place!: string | null;
  startsAt!: string;
  endsAt!: string | null;
  /** The IANA time zone in which it takes place */
  zone!: string;
  /** Day and time in that zone */
  start!: string;
  end!: string | null;
  repeats!: Repetition | null;
  /** The last day on which it can repeat, in its zone */
  until!: string | null;
  cancelledAt!: string | null;
  isOver!: boolean;
  options!: EventOption[];
  response!: EventResponse | null;
  /** Whether the viewer may change and cancel it */
  mayEdit!: boolean;
  /** Whether the viewer may delete it: nobody has answered yet */
  mayDelete!: boolean;
}

export class EventPage {
  items!: Event[];
  nextCursor!: string | null;
}

export class GroupEventsQuery extends ListQuery {
  /** Those that are over, the latest first; otherwise those to come, the next first */
  @IsOptional()
  @IsFlag()
  past: boolean = false;
}

export class OwnEventsQuery extends ListQuery {
  /**
   * Those that end after this; now if left out
   * @example "2027-05-01T00:00:00.000Z"
   */
  @IsOptionalTime()
  from?: string;

  /**
   * Those that start before this, at most 100 days later; a month later if left out
   * @example "2027-06-01T00:00:00.000Z"
   */
  @IsOptionalTime()
  to?: string;
}

export class EventOptionRequest {
  /** Of an option that stays; a new one has none */
  @IfGiven()
  @IsUUID('all', saying('invalid-id'))
  id?: string;

  /** @example "Going by bike" */
  @IsOptionTitle()
  title!: string;

  /**
   * How many places there are; left out or `null` for any number
   * @example 12
   */
  @IsOptional()
  @IsInt(saying('not-a-number'))
  @Min(1, saying('too-small', { min: 1 }))
  @Max(LIMITS.event.maxCapacity, saying('too-big', { max: LIMITS.event.maxCapacity }))
  capacity?: number | null;
}

export class CreateEventRequest {
  /** @example "Swarm evening" */
  @IsEventTitle()
  title!: string;

  /** @example "Bring a veil. There is honey cake." */
  @IsOptionalText(LIMITS.event.description.maxLength, true)
  description?: string | null;

  /** @example "Behind the school" */
  @IsOptionalText(LIMITS.event.place.maxLength)
  place?: string | null;

  /**
   * Day and time in the zone
   * @example "2027-05-14T19:30"
   */
  @IsLocalTime()
  start!: string;

  /** @example "2027-05-14T21:00" */
  @IsOptionalLocalTime()
  end?: string | null;

  /** @example "Europe/Berlin" */
  @IsZone()
  zone!: string;

  /**
   * What one can answer; Going and Not going if left out
   * @example [{ "title": "Going", "capacity": 12 }, { "title": "Not going" }]
   */
  @IfGiven()
  @IsOptions()
  @ValidateNested({ each: true, ...saying('required') })
  @Type(() => EventOptionRequest)
  options?: EventOptionRequest[];

  @IsOptional()
  @IsIn(REPETITIONS, sayingOneOf(REPETITIONS))
  repeats?: Repetition | null;

  /**
   * The last day on which it can repeat; needed if it repeats
   * @example "2027-12-31"
   */
  @IsOptionalDay()
  until?: string | null;
}

export class UpdateEventRequest {
  /** @example "Swarm evening" */
  @IfGiven()
  @IsEventTitle()
  title?: string;

  /** @example "Bring a veil. There is honey cake." */
  @IsOptionalText(LIMITS.event.description.maxLength, true)
  description?: string | null;

  /** @example "Behind the school" */
  @IsOptionalText(LIMITS.event.place.maxLength)
  place?: string | null;

  /**
   * Day and time in the zone
   * @example "2027-05-14T19:30"
   */
  @IfGiven()
  @IsLocalTime()
  start?: string;

  /**
   * `null` for no end
   * @example "2027-05-14T21:00"
   */
  @IsOptionalLocalTime()
  end?: string | null;

  /** @example "Europe/Berlin" */
  @IfGiven()
  @IsZone()
  zone?: string;

  /**
   * All options; those with an id stay, and who picked them keeps their answer
   * @example [{ "title": "Going", "capacity": 12 }, { "title": "Not going" }]
   */
  @IfGiven()
  @IsOptions()
  @ValidateNested({ each: true, ...saying('required') })
  @Type(() => EventOptionRequest)
  options?: EventOptionRequest[];

  /**
   * The last day on which it can repeat
   * @example "2027-12-31"
   */
  @IfGiven()
  @IsDay()
  until?: string;

  /** Which dates a new time is for. Words and options are always those of all dates. */
  @IfGiven()
  @IsIn(EVENT_SCOPES, sayingOneOf(EVENT_SCOPES))
  scope?: EventScope;
}

export class CancelEventRequest {
  @IfGiven()
  @IsIn(EVENT_SCOPES, sayingOneOf(EVENT_SCOPES))
  scope?: EventScope;
}

export class RespondRequest {
  @IsId()
  optionId!: string;
}

export class ResponsesQuery extends PageQuery {
  /** Only those who picked this option */
  @IfGiven()
  @IsId()
  optionId?: string;
}

/** Somebody's answer. */
export class EventAnswer {
  user!: PersonCard;
  optionId!: string;
  isWaiting!: boolean;
  answeredAt!: string;
}

export class EventAnswerPage {
  items!: EventAnswer[];
  nextCursor!: string | null;
}

/** Whether the viewer's events can be read at a secret address. */
export class CalendarState {
  /** Null if there is no address */
  createdAt!: string | null;
}

/** The new address, shown only once. */
export class CalendarAddress {
  url!: string;
  createdAt!: string;
}
