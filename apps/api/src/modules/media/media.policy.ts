import type { MediaKind } from '@echomate/contracts/media.dto';
import type { AttachedKind } from './entities/medium.entity.js';

/** Why these cannot stand together in such a thing; null if they can. */
export function whyNotTogether(kind: AttachedKind, media: MediaKind[]): string | null {
  if (!media.includes('video')) return null;
  if (kind === 'comment') return 'A comment can have a picture or a GIF, not a video.';
  return media.length > 1 ? 'Choose either pictures or one video.' : null;
}
