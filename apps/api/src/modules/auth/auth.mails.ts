import type { Mail } from '../../platform/mail/mail.js';

/** The words of every mail that accounts send. */
const mail = (to: string, subject: string, ...paragraphs: string[]): Mail => ({
  to,
  subject,
  text: [...paragraphs, 'Echomate'].join('\n\n'),
});

export const confirmRegistration = (to: string, firstName: string, link: string) =>
  mail(
    to,
    'Confirm your email address',
    `Hello ${firstName},`,
    'open this page to confirm your email address and step in:',
    link,
    'The link works once, within two days. If you did not register, you can ignore this mail: no account opens without it.',
  );

export const alreadyRegistered = (to: string, firstName: string, loginLink: string) =>
  mail(
    to,
    'You already have an account',
    `Hello ${firstName},`,
    'someone, perhaps you, asked for an account with this email address. You have one already. Log in here, or ask there for a new password:',
    loginLink,
    'If it was not you, nothing has changed and there is nothing to do.',
  );

export const resetPassword = (to: string, firstName: string, link: string) =>
  mail(
    to,
    'Choose a new password',
    `Hello ${firstName},`,
    'open this page to choose a new password:',
    link,
    'The link works once, within an hour. If you did not ask for it, you can ignore this mail; your password stays as it is.',
  );

export const passwordChanged = (to: string, firstName: string, forgotLink: string) =>
  mail(
    to,
    'Your password was changed',
    `Hello ${firstName},`,
    'the password of your account was just changed, and every other device was logged out. If it was not you, choose a new one at once:',
    forgotLink,
  );

export const confirmEmailChange = (to: string, firstName: string, link: string) =>
  mail(
    to,
    'Confirm your new email address',
    `Hello ${firstName},`,
    'open this page to use this address for your account from now on:',
    link,
    'The link works once, within two days. If you did not ask for it, you can ignore this mail.',
  );

export const emailChanged = (to: string, firstName: string, newEmail: string) =>
  mail(
    to,
    'Your email address was changed',
    `Hello ${firstName},`,
    `your account now uses ${newEmail}. This address no longer opens it.`,
    'If it was not you, write to whoever runs this place.',
  );
