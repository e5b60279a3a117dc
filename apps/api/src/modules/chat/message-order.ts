import { v7 as uuid } from 'uuid';
import { timeOf } from '../../platform/database/ids.js';

/**
 * An id after the last one of a conversation, even if it was made by a process whose clock is ahead. The caller holds
 * the conversation's lock.
 */
export function nextMessageId(last: string | null): string {
  const id = uuid();
  if (last === null || id > last) return id;
  return uuid({ msecs: Date.parse(timeOf(last)) + 1 });
}
