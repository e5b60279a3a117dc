import type { BareDatabase } from './database.ts';

interface CardRow {
  id: string;
  handle: string;
  firstName: string;
  lastName: string;
  nickname: string | null;
  avatarId: string | null;
  visibility: string;
  role: string;
  isSettled: boolean | number;
}

export const userCard = (database: BareDatabase) =>
  database.prepare<CardRow>(`
    SELECT id, handle, first_name AS "firstName", last_name AS "lastName", nickname,
      avatar_id AS "avatarId", visibility, role, is_settled AS "isSettled"
    FROM users WHERE id = ?`);

export const toViewer = ({
  id,
  handle,
  firstName,
  lastName,
  nickname,
  avatarId,
  visibility,
  role,
  isSettled,
}: CardRow) => ({
  id,
  handle,
  firstName,
  lastName,
  nickname,
  avatar: avatarId && {
    small: `/api/v1/users/${id}/avatar/${avatarId}/small`,
    large: `/api/v1/users/${id}/avatar/${avatarId}/large`,
  },
  visibility,
  role,
  hasFirstSteps: !isSettled,
});
