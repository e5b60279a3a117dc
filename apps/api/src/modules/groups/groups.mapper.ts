import type { Group } from '@echomate/contracts/groups.dto';
import type { Media } from '@echomate/contracts/media.dto';
import { askAgainAt, standingOf } from './groups.policy.js';
import type { GroupRow } from './groups.repository.js';

export function toGroup(row: GroupRow, banner: Media | undefined, memberCount: number): Group {
  const standing = standingOf(row);
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    banner: banner ?? null,
    memberCount,
    standing,
    role: row.role,
    askAgainAt: standing === 'refused' ? askAgainAt(row.refusedAt!) : null,
  };
}
