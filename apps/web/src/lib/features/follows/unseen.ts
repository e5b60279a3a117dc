import type { UnseenFollows } from '@echomate/contracts/follows.dto';
import type { UnseenGroups } from '@echomate/contracts/groups.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

/** What waits for the viewer; null where it could not be loaded. */
export interface Unseen {
  follows: UnseenFollows | null;
  groups: UnseenGroups | null;
}

export const readUnseen = async (api: ApiCalls): Promise<Unseen> => {
  const [follows, groups] = await Promise.all([
    api.get('/followers/unseen'),
    api.get('/groups/unseen'),
  ]);
  return { follows: follows.ok ? follows.data : null, groups: groups.ok ? groups.data : null };
};
