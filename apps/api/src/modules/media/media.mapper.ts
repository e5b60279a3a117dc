import type { Media } from '@echomate/contracts/media.dto';
import type { Medium } from './entities/medium.entity.js';

export type MediumRow = Pick<
  Medium,
  'id' | 'purpose' | 'kind' | 'status' | 'width' | 'height' | 'durationMs' | 'placeholder' | 'alt'
>;

const urlOf = (id: string, variant: string) => `/api/v1/media/${id}/${variant}`;

export const toMedia = (row: MediumRow): Media => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  width: row.width,
  height: row.height,
  durationMs: row.durationMs,
  placeholder: row.placeholder,
  alt: row.alt,
  urls: {
    thumb: urlOf(row.id, 'thumb'),
    card: urlOf(row.id, 'card'),
    full: urlOf(row.id, 'full'),
    video: row.kind === 'video' ? urlOf(row.id, 'video') : null,
  },
});
