import { letter, moment } from '../../platform/mail/letter.js';

/** Like the mails of `auth`, these contain nothing that somebody typed. */

export const deletionBegun = (to: string, loginLink: string, deletesAt: string) =>
  letter(
    to,
    'Your account will be deleted',
    `You asked us to delete your account. Nobody can see it any more, and it'll be gone for good on ${moment(deletesAt)}.`,
    'Changed your mind? Log in before then, and keep it:',
    loginLink,
    "If it wasn't you, log in, keep the account, and choose a new password right away.",
  );

export const deletionNear = (to: string, loginLink: string, deletesAt: string) =>
  letter(
    to,
    'Your account will be deleted tomorrow',
    `Your account will be deleted for good on ${moment(deletesAt)}. After that, nobody can bring it back.`,
    'To keep it, log in before then:',
    loginLink,
  );

export const exportReady = (to: string, page: string, until: string) =>
  letter(
    to,
    'Your data is ready',
    'Your data is ready. Log in to download it:',
    page,
    `We'll keep it until ${moment(until)}. Only you can download it.`,
    "If you didn't ask for it, choose a new password right away.",
  );
