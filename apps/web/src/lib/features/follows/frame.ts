import type { ApiCalls } from '#lib/api-calls.ts';

export type { Unseen } from '@echomate/contracts/frame.dto';

/** Who is signed in and what waits for them, in one request: every page asks for both. */
export const readFrame = (api: ApiCalls) => api.get('/frame');
