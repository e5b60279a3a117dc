import type { GroupName } from '@echomate/contracts/groups.dto';
import type {
  Audience,
  AudienceRequest,
  AudienceView,
  OwnAudience,
} from '@echomate/contracts/posts.dto';
import type { ProfileVisibility, UserCard } from '@echomate/contracts/users.dto';
import * as m from '#lib/generated/messages.js';
import { personWords } from '../count-words.ts';

/** The fields of a request whose errors the audience chooser shows. */
export const CHOOSER_FIELDS = ['audience', 'chosenUserIds', 'groupId'] as const;

/** A group that the author is in. */
export type ChosenGroup = Pick<GroupName, 'id' | 'title'>;

/** For a new post. A group that is chosen goes before the audience, which waits behind it. */
export const audienceOf = ({
  audience,
  chosen,
  group,
}: {
  audience: OwnAudience;
  chosen: readonly UserCard[];
  group: ChosenGroup | null;
}): AudienceRequest =>
  group
    ? { audience: 'group', groupId: group.id }
    : {
        audience,
        ...(audience === 'chosen' && { chosenUserIds: chosen.map(({ id }) => id) }),
      };

interface Author {
  firstName: string;
  visibility: ProfileVisibility;
}

/** Shown next to a post's time. A public post of a private profile is for its followers, and says so. */
export const audienceLabel = (
  audience: Audience,
  author: Author | null,
  isOwn: boolean,
): string => {
  switch (audience) {
    case 'public':
      if (!author || author.visibility === 'public') return m.posts_audience_everyone();
      return isOwn
        ? m.posts_audience_your_followers()
        : m.posts_audience_followers_of({ name: author.firstName });
    case 'followers':
      return m.posts_audience_followers();
    case 'chosen':
      return m.posts_audience_chosen();
    case 'unlisted':
      return m.posts_audience_unlisted();
    case 'me':
      return m.posts_audience_me();
    case 'group':
      return m.posts_audience_group();
  }
};

/** Said by its icon alone; what reaches fewer, or others, than readers expect is said in words. */
export const isUsual = (audience: Audience) => audience === 'public' || audience === 'followers';

export interface AudienceChoice {
  value: OwnAudience;
  label: string;
  text: string;
}

/** The choices of an author. */
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
    { value: 'me', label: m.posts_audience_me(), text: m.posts_audience_me_text() },
  ];
};

/** How many people besides the author see it; leaves out what only the original's author knows. */
export const seenByWords = ({ count, audience, isUpTo }: AudienceView): string => {
  if (audience === 'me') return m.posts_seen_by_me();
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

/** The change to request, or nothing if nothing differs. */
export const audienceAsked = (
  before: Choice<Audience>,
  { audience, chosen }: Choice<OwnAudience>,
): (AudienceRequest & { audience: OwnAudience }) | undefined => {
  const idsOf = (people: readonly UserCard[]) => people.map(({ id }) => id).sort();
  const isSame =
    audience === before.audience &&
    (audience !== 'chosen' || idsOf(chosen).join() === idsOf(before.chosen).join());
  if (isSame || before.audience === 'group') return undefined;
  return { audience, ...(audience === 'chosen' && { chosenUserIds: idsOf(chosen) }) };
};

/** What a change means, according to the two answers: how many people, and which of those that are named. */
export const audienceChange = (
  before: AudienceView,
  after: AudienceView,
): { title: string; sentences: string[] } => {
  const isComplete = before.nextCursor === null && after.nextCursor === null;
  const title =
    after.audience === 'unlisted'
      ? m.posts_change_to_link()
      : after.audience === 'me'
        ? m.posts_change_to_me()
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
  return `${shown} ${m.posts_and_more({ count: rest })}`;
};
