import type { EventRow } from './events.repository.js';

/** Who made an event, as long as they are in the group, and who leads the group. */
export const mayEdit = (viewerId: string, row: Pick<EventRow, 'creatorId' | 'isLed'>): boolean =>
  row.creatorId === viewerId || Boolean(row.isLed);

/** Once somebody has answered, an event can only be cancelled, so that they learn of it. */
export const mayDelete = (
  viewerId: string,
  row: Pick<EventRow, 'creatorId' | 'isLed' | 'seriesAnswers'>,
): boolean => mayEdit(viewerId, row) && row.seriesAnswers === 0;

export const isOver = ({ overAt }: Pick<EventRow, 'overAt'>, now: Date): boolean =>
  Date.parse(overAt) <= now.getTime();
