import type { Viewer } from '@echomate/contracts/auth.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export type Step = 'profile' | 'people' | 'invite' | 'post';

export interface FirstSteps {
  isAdmin: boolean;
  steps: { step: Step; isDone: boolean }[];
}

/** Null if there are none any more, or they could not be read: the page is shown without them. */
export const readFirstSteps = async (
  api: ApiCalls,
  { id, role, hasFirstSteps }: Viewer,
): Promise<FirstSteps | null> => {
  if (!hasFirstSteps) return null;
  const isAdmin = role === 'admin';
  const [profile, posts, people] = await Promise.all([
    api.get('/users/me'),
    api.get('/users/{id}/posts', { id, limit: 1 }),
    // The admin of a new place invites people, others look for them.
    isAdmin ? api.get('/users', { limit: 1 }) : api.get('/users/{id}/following', { id, limit: 1 }),
  ]);
  if (!profile.ok || !posts.ok || !people.ok) return null;
  const { avatar, about } = profile.data;
  return {
    isAdmin,
    steps: [
      { step: 'profile', isDone: avatar !== null && about !== null },
      { step: isAdmin ? 'invite' : 'people', isDone: people.data.items.length > 0 },
      { step: 'post', isDone: posts.data.items.length > 0 },
    ],
  };
};
