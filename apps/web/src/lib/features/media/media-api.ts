import type { Media } from '@echomate/contracts/media.dto';
import type { ApiCalls } from '#lib/api-answer.ts';

const medium = (id: string) => `/media/${encodeURIComponent(id)}`;

export const readMedia = (api: ApiCalls, id: string) => api.get<Media>(medium(id));

export const describeMedia = (api: ApiCalls, id: string, alt: string) =>
  api.patch<Media>(medium(id), { alt });

export const removeMedia = (api: ApiCalls, id: string) => api.delete<undefined>(medium(id));
