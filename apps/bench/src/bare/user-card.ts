import type { BareDatabase } from './database.ts';

interface CardRow {
  id: string;
  firstName: string;
  lastName: string;
  nickname: string | null;
  avatarId: string | null;
  visibility: string;
  role: string;
}

export const userCard = (database: BareDatabase) =>
  database.prepare<CardRow>(`
    SELECT id, first_name AS "firstName", last_name AS "lastName", nickname,
      avatar_id AS "avatarId", visibility, role
    FROM users WHERE id = ?`);

export const toViewer = ({
  id,
  firstName,
  lastName,
  nickname,
  avatarId,
  visibility,
  role,
}: CardRow) => ({
  id,
  firstName,
  lastName,
  nickname,
  avatar: avatarId && {
    small: `/api/v1/users/${id}/avatar/${avatarId}/small`,
    large: `/api/v1/users/${id}/avatar/${avatarId}/large`,
  },
  visibility,
  role,
});
