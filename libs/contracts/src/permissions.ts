import type { Role } from './users.dto.js';

/**
 * Which role may do what beyond a member's own things. Asked by the permission's name, never by the role, so that this
 * table is all there is to read.
 */
export const PERMISSIONS = {
  /** Name, rules and registration of the site, and its numbers */
  'site.manage': ['admin'],
  /** Who is a moderator or an admin */
  'roles.change': ['admin'],
  /** Who is let in, where registration needs approval, and the links that invite */
  'registrations.decide': ['admin'],
  /** What was reported, and what becomes of it */
  'reports.decide': ['moderator', 'admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export const may = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);
