import { letter } from '../../platform/mail/letter.js';

/** Like the mails of `auth`, these contain nothing that somebody typed. */

export const connected = (to: string, label: string, forgotLink: string, settings: string) =>
  letter(
    to,
    `You can now log in with ${label}`,
    `You connected ${label} to your account. You can change that here:`,
    settings,
    "If it wasn't you, choose a new password right away, then disconnect it on that page:",
    forgotLink,
  );

export const disconnected = (to: string, label: string, forgotLink: string) =>
  letter(
    to,
    `You can no longer log in with ${label}`,
    `You disconnected ${label} from your account. Log in with your email and your password from now on.`,
    "If it wasn't you, choose a new password right away:",
    forgotLink,
  );
