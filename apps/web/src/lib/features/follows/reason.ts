import type { UserCard } from '@echomate/contracts/users.dto';
import * as m from '#lib/paraglide/messages.js';

type Named = Pick<UserCard, 'firstName'>;

/** Says who of those the viewer follows is behind it; null if nobody is. */
export const reasonOf = (named: Named[], total: number): string | null => {
  const [first, second] = named.map(({ firstName }) => firstName);
  if (!first) return null;
  if (total <= 1) return m.follows_reason_one({ first });
  if (!second) {
    return total === 2
      ? m.follows_reason_other({ first })
      : m.follows_reason_others({ first, count: String(total - 1) });
  }
  if (total === 2) return m.follows_reason_two({ first, second });
  return total === 3
    ? m.follows_reason_many_one({ first, second })
    : m.follows_reason_many({ first, second, count: String(total - 2) });
};
