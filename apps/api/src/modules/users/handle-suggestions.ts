import { randomInt } from 'node:crypto';
import { isHandle } from '@echomate/contracts/handles';
import { LIMITS } from '@echomate/contracts/limits';
import anyAscii from 'any-ascii';

/** Paths of this product and of others like it, and names that sound like whoever runs the place. */
const RESERVED = new Set(
  (
    'about abuse account accounts admin administrator admins all anonymous anyone api app auth billing blog bot channel ' +
    'contact deleted deleted-account dev developer echomate email event events everybody everyone explore faq feed ' +
    'followers following group groups hashtag hashtags help here home host hostmaster info legal login logout mail me ' +
    'media member members mention mentions message messages mod moderation moderator moderators mods news nobody ' +
    'notification notifications null official operator owner people person post postmaster posts press privacy profile ' +
    'register registration report reports requests root rules search security session sessions settings share signin ' +
    'signup someone staff status suggestions support system team terms test theme tos undefined unknown user users ' +
    'webmaster welcome www you'
  ).split(' '),
);

export const isReserved = (handle: string): boolean => RESERVED.has(handle);

/** Room for a number behind it. */
const LONGEST_WORD = LIMITS.handle.maxLength - 6;

const wordOf = (name: string): string =>
  anyAscii(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, LONGEST_WORD);

const joined = (words: string[], separator: string): string =>
  words
    .filter(Boolean)
    .join(separator)
    .slice(0, LONGEST_WORD)
    .replace(/[._-]+$/, '');

/** Handles for somebody of this name, best first: none if the name leaves no letter. */
export const handlesFrom = (firstName: string, lastName: string): string[] => {
  const [first, last] = [wordOf(firstName), wordOf(lastName)] as const;
  const made = [
    first,
    joined([first, last], '.'),
    joined([first, last], ''),
    joined([last, first], '.'),
  ];
  return [...new Set(made)].filter((handle) => isHandle(handle) && !isReserved(handle));
};

/** How many are tried at once: one is nearly always free. */
const TRIED = 8;

/** The same with a number behind it: a random one, since counting up would tell how many have it. */
export const numbered = (handle: string, digits: number): string[] => {
  const word = handle.slice(0, LIMITS.handle.maxLength - digits).replace(/[._-]+$/, '');
  return Array.from(
    { length: TRIED },
    () => `${word}${randomInt(10 ** (digits - 1), 10 ** digits)}`,
  );
};

/** What a number stands behind where neither a wish nor a name gives a handle. */
export const NAMELESS = 'member';
