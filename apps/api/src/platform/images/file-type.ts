import { VIDEO_TYPES, type IMAGE_TYPES } from '@echomate/contracts/limits';

export type ImageType = (typeof IMAGE_TYPES)[number];
export type VideoType = (typeof VIDEO_TYPES)[number];
export type FileType = ImageType | VideoType | 'image/heic';

/** How many bytes of a file identify its type. */
export const TELLING_BYTES = 256;

const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'mif1', 'msf1'];
/** Possible first boxes of videos older than `ftyp`. */
const OLD_MOVIE_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

/** Determined by the bytes; names and declared types prove nothing. */
export function fileTypeOf(start: Buffer): FileType | null {
  const text = (from: number, to: number) => start.toString('latin1', from, to);
  if (start.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (['GIF87a', 'GIF89a'].includes(text(0, 6))) return 'image/gif';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
  if (text(0, 4) === '\x1a\x45\xdf\xa3') return text(4, 64).includes('webm') ? 'video/webm' : null;
  if (text(4, 8) === 'ftyp') return byBrands(start);
  return OLD_MOVIE_BOXES.includes(text(4, 8)) ? 'video/quicktime' : null;
}

/** One container format holds pictures and videos; the brands in its first box say which. */
function byBrands(start: Buffer): FileType {
  const end = Math.min(start.readUInt32BE(0), start.length);
  const major = start.toString('latin1', 8, 12);
  const brands = [major];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(start.toString('latin1', at, at + 4));
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'image/avif';
  if (HEIC_BRANDS.includes(major)) return 'image/heic';
  return major === 'qt  ' ? 'video/quicktime' : 'video/mp4';
}

export const isVideoType = (type: FileType): type is VideoType =>
  VIDEO_TYPES.some((known) => known === type);
