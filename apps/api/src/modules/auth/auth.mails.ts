import type { Mail } from '../../platform/mail/mail.js';

/**
 * The words of every mail that accounts send. None holds what somebody typed, not even a name: anyone can
 * have a mail sent to anyone, and a thief in an account has typed what it holds.
 */
const mail = (to: string, subject: string, ...paragraphs: string[]): Mail => ({
  to,
  subject,
  text: ['Hello,', ...paragraphs, 'Echomate'].join('\n\n'),
});

const moment = (iso: string) =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(iso))} UTC`;

export const confirmRegistration = (to: string, link: string) =>
  mail(
    to,
    'Confirm your email address',
    'open this page to confirm your email address and step in:',
    link,
    'The link works once, within two days. Open it in the browser you registered with; any other asks you to choose a password. If you did not register, you can ignore this mail: no account opens without it.',
  );

export const alreadyRegistered = (to: string, loginLink: string) =>
  mail(
    to,
    'You already have an account',
    'someone, perhaps you, asked for an account with this email address. You have one already. Log in here, or ask there for a new password:',
    loginLink,
    'If it was not you, nothing has changed and there is nothing to do.',
  );

export const resetPassword = (to: string, link: string) =>
  mail(
    to,
    'Choose a new password',
    'open this page to choose a new password:',
    link,
    'The link works once, within an hour. If you did not ask for it, you can ignore this mail; your password stays as it is.',
  );

export const passwordChanged = (to: string, forgotLink: string) =>
  mail(
    to,
    'Your password was changed',
    'the password of your account was just changed, and every other device was logged out. If it was not you, choose a new one at once:',
    forgotLink,
  );

export const confirmEmailChange = (to: string, link: string) =>
  mail(
    to,
    'Confirm your new email address',
    'open this page to use this address for your account from now on:',
    link,
    'The link works once, within two days. If you did not ask for it, you can ignore this mail.',
  );

export const emailChangeAsked = (to: string, forgotLink: string) =>
  mail(
    to,
    'Your account is about to move to another address',
    'someone who knows your password, probably you, asked to move your account to another email address. It moves when the link that was mailed there is opened.',
    'If it was not you, choose a new password at once; that stops it:',
    forgotLink,
  );

export const emailMoved = (to: string, link: string, until: string) =>
  mail(
    to,
    'Your account moved to another address',
    'your account now has another email address, and this one no longer opens it. If that was you, there is nothing to do.',
    'If it was not you, bring your account back and choose a new password here:',
    link,
    `The link works once, until ${moment(until)}. Until then nobody else can have an account with this address.`,
  );

export const addressKept = (to: string, link: string, until: string) =>
  mail(
    to,
    'An account was just moved away from this address',
    'someone, perhaps you, wanted to use this email address here. An account was moved away from it a few days ago, and until then it is kept for its owner:',
    `${moment(until)}.`,
    'If it was not you who moved the account, bring it back and choose a new password here:',
    link,
    'If it was you, the address is free again after that day.',
  );

export const broughtBack = (to: string, loginLink: string) =>
  mail(
    to,
    'Your account is back at this address',
    'your account has this email address again, with the password you have just chosen. Everyone who was logged in to it has been logged out:',
    loginLink,
  );

export const takenAway = (to: string) =>
  mail(
    to,
    'Your account moved back to its old address',
    'your account was brought back to the email address it had before, with the link that was mailed there. This one no longer opens it.',
    'If that is not right, write to whoever runs this place.',
  );
