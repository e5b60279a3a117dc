import { Injectable } from '@nestjs/common';
import type { AvatarUrls } from '@echomate/contracts/users.dto';
import { v7 as uuid } from 'uuid';
import { Images } from '../../platform/images/images.js';
import { FileStorage } from '../../platform/storage/file-storage.js';

type Shape = Record<string, [width: number, height: number]>;

/** Twice the shown size, for dense screens. */
const SHAPES = {
  avatar: { small: [128, 128], large: [640, 640] },
  banner: { large: [1500, 500] },
} as const satisfies Record<string, Shape>;

export type PictureKind = keyof typeof SHAPES;

const urlOf = (kind: PictureKind, userId: string, id: string, size: string) =>
  `/api/v1/users/${userId}/${kind}/${id}/${size}`;

export const avatarUrls = (userId: string, id: string | null): AvatarUrls | null =>
  id === null
    ? null
    : { small: urlOf('avatar', userId, id, 'small'), large: urlOf('avatar', userId, id, 'large') };

export const bannerUrl = (userId: string, id: string | null): string | null =>
  id === null ? null : urlOf('banner', userId, id, 'large');

/** The files of avatars and banners. A picture belongs to a person once their row names it. */
@Injectable()
export class Pictures {
  constructor(
    private readonly images: Images,
    private readonly storage: FileStorage,
  ) {}

  /** Stores an upload as a picture of its own and names it. */
  async keep(kind: PictureKind, path: string, field: string): Promise<string> {
    const id = uuid();
    const pictures = await this.images.covers(path, field, SHAPES[kind] as Shape);
    for (const [size, picture] of Object.entries(pictures))
      await this.storage.put(fileOf(kind, id, size), picture);
    return id;
  }

  async read(kind: PictureKind, id: string, size: string) {
    return Object.hasOwn(SHAPES[kind], size) ? this.storage.read(fileOf(kind, id, size)) : null;
  }

  remove(kind: PictureKind, id: string): Promise<void> {
    return this.storage.removeFolder(`${kind}s/${id}`);
  }
}

const fileOf = (kind: PictureKind, id: string, size: string) => `${kind}s/${id}/${size}.webp`;
