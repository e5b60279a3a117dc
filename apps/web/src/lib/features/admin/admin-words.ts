import type { Invitation } from '@echomate/contracts/admin.dto';
import type { InactiveReason, Role } from '@echomate/contracts/users.dto';
import * as m from '#lib/generated/messages.js';

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
