import { LIMITS } from '@echomate/contracts/limits';
import { page } from '$app/state';
import { backgroundApi } from '#lib/browser-api.ts';
import { tellVisit } from './insights-api.ts';

/** Whoever goes on sooner has not looked. */
const LOOKED_AFTER_MS = 1_000;

let told = { by: '', posts: new Set<string>(), person: '' };
let timer: ReturnType<typeof setTimeout> | undefined;

/** Of a page that was asked for as data, perhaps long before: what it shows now. */
export const tellVisits = (viewerId: string) => {
  clearTimeout(timer);
  timer = setTimeout(() => void tell(viewerId), LOOKED_AFTER_MS);
};

const tell = async (viewerId: string) => {
  if (told.by !== viewerId) told = { by: viewerId, posts: new Set(), person: '' };
  const shown = [...document.querySelectorAll<HTMLElement>('[data-post]')];
  const postIds = shown
    .map((element) => element.dataset['post']!)
    .filter((id) => !told.posts.has(id))
    .slice(0, LIMITS.post.maxRead);
  const { profile } = page.data as { profile?: { id: string; isMe: boolean } };
  const person = profile && !profile.isMe ? profile.id : '';
  const isNewPerson = person !== '' && person !== told.person;
  told.person = person;
  if (postIds.length === 0 && !isNewPerson) return;
  for (const id of postIds) told.posts.add(id);
  await tellVisit(backgroundApi, { postIds, ...(isNewPerson && { personId: person }) });
};
