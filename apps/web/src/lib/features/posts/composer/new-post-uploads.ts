import { LIMITS } from '@echomate/contracts/limits';
import { ACCEPTED } from '#lib/features/media/accepted.ts';
import { Uploads } from '#lib/features/media/uploads.svelte.ts';

export const newPostUploads = () => new Uploads(ACCEPTED.post, LIMITS.post.maxMedia);
