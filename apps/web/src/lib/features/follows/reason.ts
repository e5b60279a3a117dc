import type { UserCard } from '@echomate/contracts/users.dto';
import * as m from '#lib/generated/messages.js';

type Named = Pick<UserCard, 'firstName'>;

/** Names the people the viewer follows who are the reason; null if there are none. */
export const reasonOf = (named: Named[], total: number): string | null => {
  const [first, second] = named.map(({ firstName }) => firstName);
  if (!first) return null;
  if (total <= 1) return m.follows_reason_one({ first });
  if (!second) return m.follows_reason_others({ first, count: total - 1 });
  if (total === 2) return m.follows_reason_two({ first, second });
  return m.follows_reason_many({ first, second, count: total - 2 });
};
