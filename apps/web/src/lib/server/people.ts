import type { PersonCard } from '@echomate/contracts/follows.dto';
import type { Person } from '#lib/features/follows/person.ts';
import type { PeopleAsked } from '#lib/features/follows/follows-api.ts';

/** A row of a list of people; the viewer has no relation to themselves. */
export const personOf = (viewerId: string, user: PersonCard): Person => ({
  id: user.id,
  user,
  relation: user.id === viewerId ? null : user.relation,
  isMe: user.id === viewerId,
});

export const peopleAsked = (url: URL, name = 'q'): PeopleAsked & { q: string | undefined } => ({
  q: url.searchParams.get(name)?.trim().slice(0, 100) || undefined,
  cursor: url.searchParams.get('cursor') ?? undefined,
});
