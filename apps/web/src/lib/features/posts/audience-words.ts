import type {
  Audience,
  AudienceRequest,
  AudienceView,
  OwnAudience,
} from '@echomate/contracts/posts.dto';
import type { ProfileVisibility, UserCard } from '@echomate/contracts/users.dto';
import * as m from '#lib/paraglide/messages.js';
import { numberOf, personWords } from './count-words.ts';

interface Author {
  firstName: string;
  visibility: ProfileVisibility;
}

/** Beside the time of a post. A public post of a private profile is for its followers, and says so. */
export const audienceLabel = (audience: Audience, author: Author, isOwn: boolean): string => {
  switch (audience) {
    case 'public':
      if (author.visibility === 'public') return m.posts_audience_everyone();
      return isOwn
        ? m.posts_audience_your_followers()
        : m.posts_audience_followers_of({ name: author.firstName });
    case 'followers':
      return m.posts_audience_followers();
    case 'chosen':
      return m.posts_audience_chosen();
    case 'unlisted':
      return m.posts_audience_unlisted();
    case 'group':
      return m.posts_audience_group();
  }
};

export interface AudienceChoice {
  value: OwnAudience;
  label: string;
  text: string;
}

/** What an author chooses from. */
export const audienceChoices = (visibility: ProfileVisibility): AudienceChoice[] => {
  const isPublic = visibility === 'public';
  return [
    {
      value: 'public',
      label: isPublic ? m.posts_audience_everyone() : m.posts_audience_your_followers(),
      text: isPublic ? m.posts_audience_everyone_text() : m.posts_audience_private_text(),
    },
    {
      value: 'followers',
      label: m.posts_audience_followers(),
      text: isPublic ? m.posts_audience_followers_text() : m.posts_audience_followers_kept_text(),
    },
    { value: 'chosen', label: m.posts_audience_chosen(), text: m.posts_audience_chosen_text() },
    {
      value: 'unlisted',
      label: m.posts_audience_unlisted(),
      text: isPublic ? m.posts_audience_unlisted_text() : m.posts_audience_unlisted_private_text(),
    },
  ];
};

/** How many see it besides the author; what only the original's author knows is not made up. */
export const seenByWords = ({ count, audience, isUpTo }: AudienceView): string => {
  if (count === 0) return m.posts_seen_by_nobody();
  const people = personWords(count);
  if (isUpTo) return m.posts_seen_by_up_to({ people });
  return audience === 'unlisted'
    ? m.posts_seen_by_link({ people })
    : m.posts_seen_by_count({ people });
};

interface Choice<Which extends Audience> {
  audience: Which;
  chosen: readonly UserCard[];
}

/** What to ask for, if anything is to be another than before. */
export const audienceAsked = (
  before: Choice<Audience>,
  { audience, chosen }: Choice<OwnAudience>,
): AudienceRequest | undefined => {
  const idsOf = (people: readonly UserCard[]) => people.map(({ id }) => id).sort();
  const isSame =
    audience === before.audience &&
    (audience !== 'chosen' || idsOf(chosen).join() === idsOf(before.chosen).join());
  if (isSame || before.audience === 'group') return undefined;
  return { audience, ...(audience === 'chosen' && { chosenUserIds: idsOf(chosen) }) };
};

/** What a change means, as far as the two answers tell: how many, and whom of those that are named. */
export const audienceChange = (
  before: AudienceView,
  after: AudienceView,
): { title: string; sentences: string[] } => {
  const isComplete = before.nextCursor === null && after.nextCursor === null;
  const title =
    after.audience === 'unlisted'
      ? m.posts_change_to_link()
      : before.count === after.count
        ? m.posts_change_same({ people: personWords(after.count) })
        : m.posts_change_count({
            before: personWords(before.count),
            after: personWords(after.count),
          });
  if (!isComplete) return { title, sentences: [] };
  const namesIn = (people: readonly UserCard[], others: readonly UserCard[]) => {
    const known = new Set(others.map(({ id }) => id));
    return people
      .filter(({ id }) => !known.has(id))
      .map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  };
  const gained = namesIn(after.items, before.items);
  const lost = namesIn(before.items, after.items);
  return {
    title,
    sentences: [
      ...(gained.length > 0 ? [m.posts_change_gained({ names: listed(gained) })] : []),
      ...(lost.length > 0 ? [m.posts_change_lost({ names: listed(lost) })] : []),
    ],
  };
};

const NAMED = 6;
const listed = (names: readonly string[]) => {
  const rest = names.length - NAMED;
  const shown = names.slice(0, NAMED).join(', ');
  if (rest <= 0) return shown;
  return `${shown} ${rest === 1 ? m.posts_and_one_more() : m.posts_and_more({ count: numberOf(rest) })}`;
};
