import { letter } from '../../platform/mail/letter.js';

/** Like the mails of `auth`, these contain nothing that somebody typed. */

const NOT_YOU = "If it wasn't you, choose a new password right away, and look at your settings:";

export const twoStepOn = (to: string, page: string) =>
  letter(
    to,
    'Two-step login is on',
    'From now on, logging in with your password takes a second step. Your other devices and apps were logged out. Keep your recovery codes in a safe place: without them and your second step, you would be locked out.',
    NOT_YOU,
    page,
  );

export const appChanged = (to: string, page: string) =>
  letter(
    to,
    'Two-step login has a new app',
    'The codes for logging in come from another app now. Codes of the old one no longer work.',
    NOT_YOU,
    page,
  );

export const twoStepOff = (to: string, page: string) =>
  letter(
    to,
    'Two-step login is off',
    'Your account no longer asks for a second step when you log in with your password.',
    NOT_YOU,
    page,
  );

export const codesMade = (to: string, page: string) =>
  letter(
    to,
    'You have new recovery codes',
    'New recovery codes were created for your account. The old ones no longer work.',
    NOT_YOU,
    page,
  );

export const codeUsed = (to: string, page: string, left: number) =>
  letter(
    to,
    'A recovery code was used',
    `Someone, probably you, logged in to your account with a recovery code. ${left === 1 ? 'One code is' : `${left} codes are`} left.`,
    left < 3 ? 'Create new ones soon, here:' : NOT_YOU,
    page,
  );

export const passkeyAdded = (to: string, page: string) =>
  letter(
    to,
    'A passkey was added',
    'A passkey was added to your account. Whoever has it can log in without your password.',
    "If it wasn't you, remove it and choose a new password right away:",
    page,
  );

export const passkeyRemoved = (to: string, page: string) =>
  letter(
    to,
    'A passkey was removed',
    'A passkey was removed from your account. It can no longer log in.',
    NOT_YOU,
    page,
  );

export const allReset = (to: string, page: string) =>
  letter(
    to,
    'Two-step login and passkeys were removed',
    "The site's operator turned two-step login off for your account and removed its passkeys. Log in with your password.",
    "If you didn't ask for it, contact an admin. You can set them up again here:",
    page,
  );
