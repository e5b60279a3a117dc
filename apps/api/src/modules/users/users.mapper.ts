import type { Viewer } from '@echomate/contracts/auth.dto';
import type { AvatarUrls, OwnProfile, ProfileInfo, UserCard } from '@echomate/contracts/users.dto';
import type { ProfilePicture } from './entities/user.entity.js';
import { ownValues, shownValues } from './profile-fields.js';
import type { OwnProfileRow, ProfileRow, UserCardRow, ViewerRow } from './users.repository.js';

/** URLs of routes in the media module. */
const pictureUrl = (userId: string, purpose: ProfilePicture, id: string, size: string) =>
  `/api/v1/users/${userId}/${purpose}/${id}/${size}`;

const avatarUrls = (userId: string, id: string | null): AvatarUrls | null =>
  id === null
    ? null
    : {
        small: pictureUrl(userId, 'avatar', id, 'small'),
        large: pictureUrl(userId, 'avatar', id, 'large'),
      };

const bannerUrl = (userId: string, id: string | null): string | null =>
  id === null ? null : pictureUrl(userId, 'banner', id, 'large');

export const toCard = (row: Omit<UserCardRow, 'role'>): UserCard => ({
  id: row.id,
  handle: row.handle,
  firstName: row.firstName,
  lastName: row.lastName,
  nickname: row.nickname,
  avatar: avatarUrls(row.id, row.avatarId),
  visibility: row.visibility,
});

export const toViewer = (row: ViewerRow): Viewer => ({
  ...toCard(row),
  role: row.role,
  hasFirstSteps: !row.isSettled,
});

export const toOwnProfile = (row: OwnProfileRow): OwnProfile => ({
  ...toCard(row),
  banner: bannerUrl(row.id, row.bannerId),
  ...ownValues(row),
  role: row.role,
  createdAt: row.createdAt,
});

/** A profile before the follows module adds its part. */
export const toProfileInfo = (row: ProfileRow): ProfileInfo => ({
  ...toCard(row),
  isOpen: Boolean(row.isOpen),
  banner: bannerUrl(row.id, row.bannerId),
  ...shownValues(row),
  createdAt: row.createdAt,
});
