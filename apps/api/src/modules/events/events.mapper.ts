import type { Event, EventOption } from '@echomate/contracts/events.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { HiddenAnswers } from '../../access/visible-counts.service.js';
import { isOver, mayDelete, mayEdit } from './events.policy.js';
import type { EventRow, OptionRow } from './events.repository.js';

export function toEvent(
  viewerId: string,
  row: EventRow,
  creator: UserCard | undefined,
  options: EventOption[],
): Event {
  const { optionId, isWaiting, answeredAt } = row;
  return {
    id: row.id,
    seriesId: row.seriesId,
    group: { id: row.groupId, title: row.groupTitle, isLed: Boolean(row.isLed) },
    creator: creator ?? null,
    title: row.title,
    description: row.description,
    place: row.place,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    zone: row.zone,
    start: row.startsLocal,
    end: row.endsLocal,
    repeats: row.repeats,
    until: row.until,
    cancelledAt: row.cancelledAt,
    isOver: isOver(row, new Date()),
    options,
    response: optionId
      ? { optionId, isWaiting: Boolean(isWaiting), answeredAt: answeredAt! }
      : null,
    mayEdit: mayEdit(viewerId, row),
    mayDelete: mayDelete(viewerId, row),
  };
}

/** Numbers leave out who is hidden from the viewer; whether all places are taken does not depend on who asks. */
export function toOption(row: OptionRow, hidden: HiddenAnswers[]): EventOption {
  const { id, title, capacity, taken } = row;
  const hiddenOf = (waiting: boolean) =>
    hidden
      .filter((one) => one.eventId === row.eventId && one.optionId === id)
      .filter(({ isWaiting }) => Boolean(isWaiting) === waiting)
      .reduce((sum, one) => sum + one.hidden, 0);
  return {
    id,
    title,
    capacity,
    answerCount: Math.max(0, row.answerCount - hiddenOf(false)),
    waitingCount: Math.max(0, row.waitingCount - hiddenOf(true)),
    isFull: capacity !== null && taken >= capacity,
  };
}
