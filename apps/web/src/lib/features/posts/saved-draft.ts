import type { OwnAudience } from '@echomate/contracts/posts.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { Mentioned } from './draft-text.ts';

export interface SavedDraft {
  title: string;
  text: string;
  mentioned: Mentioned;
  audience: OwnAudience;
  chosen: UserCard[];
  key: string;
  mediaIds: string[];
}

const AUDIENCES: readonly string[] = ['public', 'followers', 'chosen', 'unlisted'];

/** What lies in a browser may be of an older version, or of somebody's making. */
export const isSavedDraft = (value: unknown): value is SavedDraft => {
  if (typeof value !== 'object' || value === null) return false;
  const { title, text, mentioned, audience, chosen, key, mediaIds } = value as SavedDraft;
  return (
    [title, text, key].every((field) => typeof field === 'string') &&
    AUDIENCES.includes(audience) &&
    typeof mentioned === 'object' &&
    mentioned !== null &&
    Object.values(mentioned).every(isCard) &&
    Array.isArray(chosen) &&
    chosen.every(isCard) &&
    Array.isArray(mediaIds) &&
    mediaIds.every((id) => typeof id === 'string')
  );
};

const isCard = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'firstName', 'lastName'].every((name) => typeof Reflect.get(value, name) === 'string');
