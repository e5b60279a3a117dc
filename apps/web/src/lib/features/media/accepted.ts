import { IMAGE_TYPES, VIDEO_TYPES } from '@echomate/contracts/limits';
import { page } from '$app/state';
import * as m from '#lib/generated/messages.js';

/** The file types accepted for a post, and for a comment. Videos are offered only where they can be processed. */
export const ACCEPTED = {
  get post(): readonly string[] {
    return page.data.takesVideos ? [...IMAGE_TYPES, ...VIDEO_TYPES] : IMAGE_TYPES;
  },
  comment: IMAGE_TYPES,
} as const;

/** What a post may be given, in words. */
export const addToPost = () => (page.data.takesVideos ? m.media_add() : m.media_add_pictures());
