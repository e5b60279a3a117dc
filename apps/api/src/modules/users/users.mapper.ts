import type { Viewer } from '@echomate/contracts/auth.dto';
import type { OwnProfile, UserCard } from '@echomate/contracts/users.dto';
import { avatarUrls, bannerUrl } from './pictures.service.js';
import type { OwnProfileRow, ProfileRow, UserCardRow } from './users.repository.js';

export const toCard = (row: Omit<UserCardRow, 'role'>): UserCard => ({
  id: row.id,
  firstName: row.firstName,
  lastName: row.lastName,
  nickname: row.nickname,
  avatar: avatarUrls(row.id, row.avatarId),
  visibility: row.visibility,
});

export const toViewer = (row: UserCardRow): Viewer => ({ ...toCard(row), role: row.role });

export const toOwnProfile = (row: OwnProfileRow): OwnProfile => ({
  ...toCard(row),
  banner: bannerUrl(row.id, row.bannerId),
  email: row.email,
  dateOfBirth: row.dateOfBirth,
  about: row.about,
  emailVisibility: row.emailVisibility,
  dateOfBirthVisibility: row.dateOfBirthVisibility,
  role: row.role,
  createdAt: row.createdAt,
});

/** What a profile holds before following is added to it. */
export const toProfileInfo = (row: ProfileRow) => ({
  ...toCard(row),
  isOpen: Boolean(row.isOpen),
  banner: bannerUrl(row.id, row.bannerId),
  email: row.email,
  dateOfBirth: row.dateOfBirth,
  about: row.about,
  createdAt: row.createdAt,
});

export type ProfileInfo = ReturnType<typeof toProfileInfo>;
