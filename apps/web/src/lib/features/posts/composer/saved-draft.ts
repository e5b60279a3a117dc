import type { OwnAudience } from '@echomate/contracts/posts.dto';
import type { ChosenGroup } from '../audience/audience-words.ts';
import type { UserCard } from '@echomate/contracts/users.dto';

export interface SavedDraft {
  title: string;
  text: string;
  audience: OwnAudience;
  chosen: UserCard[];
  /** Missing in drafts from before there were groups */
  group?: ChosenGroup | null;
  key: string;
  mediaIds: string[];
}

const AUDIENCES: Record<OwnAudience, true> = {
  public: true,
  followers: true,
  chosen: true,
  unlisted: true,
  me: true,
};

/** Stored data may come from an older version or may have been tampered with. */
export const isSavedDraft = (value: unknown): value is SavedDraft => {
  if (typeof value !== 'object' || value === null) return false;
  const { title, text, audience, chosen, group, key, mediaIds } = value as SavedDraft;
  return (
    [title, text, key].every((field) => typeof field === 'string') &&
    Object.hasOwn(AUDIENCES, audience) &&
    Array.isArray(chosen) &&
    chosen.every(isCard) &&
    isGroup(group ?? null) &&
    Array.isArray(mediaIds) &&
    mediaIds.every((id) => typeof id === 'string')
  );
};

const isCard = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'handle', 'firstName', 'lastName'].every(
    (name) => typeof Reflect.get(value, name) === 'string',
  );

const isGroup = (group: ChosenGroup | null) =>
  group === null || (typeof group.id === 'string' && typeof group.title === 'string');

const namesOf = (chosen: readonly UserCard[]) =>
  chosen
    .map(({ id }) => id)
    .sort()
    .join();

/**
 * One draft of several, in this order. Nothing is lost, and nothing reaches people for whom only another part was meant:
 * where the audiences differ, it is for its author alone until they choose.
 */
export const mergedDraft = (drafts: readonly [SavedDraft, ...SavedDraft[]], key: string) => {
  const [first] = drafts;
  if (drafts.length === 1) return first;
  const isSameFor = drafts.every(
    ({ audience, chosen, group }) =>
      audience === first.audience &&
      namesOf(chosen) === namesOf(first.chosen) &&
      group?.id === first.group?.id,
  );
  const titles = drafts.map(({ title }) => title.trim()).filter(Boolean);
  // Only the first title stays one; the others begin their texts.
  const texts = drafts.map(({ title, text }) => {
    const isTitle = title.trim() === titles[0];
    return isTitle || !title.trim() ? text.trim() : `${title.trim()}\n${text}`.trim();
  });
  return {
    text: texts.filter(Boolean).join('\n\n'),
    title: titles[0] ?? '',
    audience: isSameFor ? first.audience : ('me' as const),
    chosen: isSameFor ? first.chosen : [],
    group: (isSameFor && first.group) || null,
    key,
    mediaIds: [...new Set(drafts.flatMap(({ mediaIds }) => mediaIds))],
  } satisfies SavedDraft;
};
