import type { Invitation } from '@echomate/contracts/admin.dto';
import type { InactiveReason, Role } from '@echomate/contracts/users.dto';
import * as m from '#lib/generated/messages.js';
import { numberOf, type Reader } from '#lib/reader.ts';

export const roleWords = (role: Role) =>
  ({ member: m.admin_role_member, moderator: m.admin_role_moderator, admin: m.admin_role_admin })[
    role
  ]();

export const inactiveWords = (reason: InactiveReason) =>
  ({
    deactivated: m.admin_inactive_deactivated,
    suspended: m.admin_inactive_suspended,
    leaving: m.admin_inactive_leaving,
    removed: m.admin_inactive_removed,
  })[reason]();

export const invitationWords = (state: Invitation['state']) =>
  ({
    open: m.admin_invitation_open,
    spent: m.admin_invitation_spent,
    ended: m.admin_invitation_ended,
    revoked: m.admin_invitation_revoked,
  })[state]();

const GIGABYTE = 1e9;
const MEGABYTE = 1e6;

/** To the tenth of a megabyte or gigabyte. */
export const bytesWords = (bytes: number, reader: Reader) => {
  const [size, unit] = bytes < GIGABYTE ? [MEGABYTE, 'MB'] : [GIGABYTE, 'GB'];
  return `${numberOf(Math.round((bytes / size) * 10) / 10, reader)} ${unit}`;
};
