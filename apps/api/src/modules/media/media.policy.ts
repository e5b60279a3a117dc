import type { MediaKind } from '@echomate/contracts/media.dto';
import type { AttachedKind } from './entities/medium.entity.js';

/** Why these cannot be attached together; null if they can. */
export function whyNotTogether(
  kind: AttachedKind,
  media: MediaKind[],
): 'no-video-in-comment' | 'no-video-in-message' | 'photos-or-video' | 'not-a-photo' | null {
  if (kind === 'group') return media.every((one) => one === 'image') ? null : 'not-a-photo';
  if (!media.includes('video')) return null;
  if (kind === 'comment') return 'no-video-in-comment';
  if (kind === 'message') return 'no-video-in-message';
  return media.length > 1 ? 'photos-or-video' : null;
}
