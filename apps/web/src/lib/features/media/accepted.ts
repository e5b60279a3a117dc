import { IMAGE_TYPES, VIDEO_TYPES } from '@echomate/contracts/limits';

/** What may go along with a post, and with a comment. */
export const ACCEPTED = {
  post: [...IMAGE_TYPES, ...VIDEO_TYPES],
  comment: [...IMAGE_TYPES],
} as const;
