import type { Role } from '@echomate/contracts/users.dto';
import { letter, moment } from '../../platform/mail/letter.js';

/**
 * The texts of all mails about accounts. None contains anything a user typed, not even a name: anyone can have a mail
 * sent to anyone, and whoever has taken over an account controls what it contains.
 */

export const confirmRegistration = (to: string, link: string) =>
  letter(
    to,
    'Confirm your email address',
    'Welcome! Open this page to confirm your email and activate your account:',
    link,
    "The link works once, within two days. Open it in the browser you registered in. In any other browser, you'll choose a password first.",
    "If you didn't register, just ignore this email. Without the link, no account is created.",
  );

export const alreadyRegistered = (to: string, loginLink: string) =>
  letter(
    to,
    'You already have an account',
    'Someone, probably you, asked for an account with this email, but you already have one. Log in, or get a new password, here:',
    loginLink,
    "If it wasn't you, there's nothing you need to do. Nothing has changed.",
  );

export const resetPassword = (to: string, link: string) =>
  letter(
    to,
    'Choose a new password',
    'Open this page to choose a new password:',
    link,
    "The link works once, within an hour. If you didn't ask for it, just ignore this email. Your password stays the same.",
  );

export const passwordChanged = (to: string, forgotLink: string) =>
  letter(
    to,
    'Your password was changed',
    "Your password was just changed, and every other device was logged out. If it wasn't you, choose a new one right away:",
    forgotLink,
  );

/** Only names that we have written ourselves: whoever logs in chooses what their browser is called. */
const DEVICES =
  /^(Chrome|Chromium|Edge|Firefox|Microsoft Edge|Opera|Safari|Samsung Internet for Android) on (Android|Chrome OS|Linux|Windows|iOS|macOS)$/;

export const newDevice = (
  to: string,
  login: { device: string | null; at: string; history: string; forgotten: string },
) =>
  letter(
    to,
    'A new device logged in to your account',
    `On ${moment(login.at)}, someone logged in to your account${DEVICES.test(login.device ?? '') ? ` with ${login.device}` : ''}, in a browser that hadn't been logged in before. If that was you, there's nothing you need to do.`,
    "If it wasn't you, choose a new password right away. That logs everyone else out:",
    login.forgotten,
    "Here's your recent account activity:",
    login.history,
  );

export const confirmEmailChange = (to: string, link: string) =>
  letter(
    to,
    'Confirm your new email address',
    'Open this page to use this email for your account:',
    link,
    "The link works once, within two days. If you didn't ask for it, just ignore this email.",
  );

export const emailChangeAsked = (to: string, forgotLink: string) =>
  letter(
    to,
    'Your account is about to move to another address',
    'Someone who knows your password, probably you, asked to move your account to another email address. It moves as soon as they open the link we sent there.',
    "If it wasn't you, choose a new password right away. That stops it:",
    forgotLink,
  );

export const emailMoved = (to: string, link: string, until: string) =>
  letter(
    to,
    'Your account moved to another address',
    "Your account now has another email address, so you can't log in with this one any more. If that was you, there's nothing you need to do.",
    "If it wasn't you, get your account back and choose a new password here:",
    link,
    `The link works once, until ${moment(until)}. Until then, nobody else can use this address for an account.`,
  );

export const addressKept = (to: string, link: string, until: string) =>
  letter(
    to,
    'An account was just moved away from this address',
    "Someone, probably you, wanted to use this email here. A few days ago, an account was moved away from it, so we're keeping it for that account's owner until:",
    `${moment(until)}.`,
    "If you didn't move the account, get it back and choose a new password here:",
    link,
    'If you did, you can use this address again after that day.',
  );

export const broughtBack = (to: string, loginLink: string) =>
  letter(
    to,
    'Your account is back at this address',
    'Your account has this email address again, with the password you just chose. It was logged out everywhere, and its passkeys were removed. Log in here:',
    loginLink,
  );

export const takenAway = (to: string) =>
  letter(
    to,
    'Your account moved back to its old address',
    "Your account is back at the email address it had before, because someone opened the link we sent there. You can't log in with this one any more.",
    "If that isn't right, contact an admin.",
  );

export const letIn = (to: string, loginLink: string) =>
  letter(
    to,
    "You're in",
    'An admin has let you in. Log in here, the way you registered:',
    loginLink,
  );

/** The one text that somebody typed: an admin did, and it goes to whoever asked them. */
export const notLetIn = (to: string, reason: string | null) =>
  letter(
    to,
    "You weren't let in",
    "You asked to join, and an admin has decided not to let you in. What you gave us when you registered is deleted, so there's nothing you need to do.",
    ...(reason ? ['This is what they wrote:', reason] : []),
  );

const ROLE_WORDS: Record<Role, string> = {
  member: "You're now a member, without further permissions.",
  moderator: "You're now a moderator: you can review what people report and decide what happens.",
  admin: "You're now an admin: you can change this site's settings and everyone's role.",
};

export const roleChanged = (to: string, role: Role, link: string) =>
  letter(to, 'Your role has changed', ROLE_WORDS[role], link);
