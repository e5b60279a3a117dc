import { dictionary } from '@zxcvbn-ts/language-common';

/** The person's names, which must not be the password. */
export interface Names {
  email: string;
  firstName: string;
  lastName: string;
  nickname?: string | null | undefined;
}

/** Characters that look alike; each group is folded to its first. */
const LOOK_ALIKES = ['a4@', 'b8', 'e3€', 'g69', 'il1!|', 'o0', 's5$', 't7+', 'z2'];
const PLAIN = new Map(LOOK_ALIKES.flatMap((group) => [...group].map((one) => [one, group[0]!])));

const SHORTEST_STEM = 4;
const MOST_DECORATION = 6;

const spelledPlainly = (text: string) =>
  [...text]
    .map((one) => PLAIN.get(one) ?? one)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Full-width and accented letters become plain ones, in lower case. */
const lowered = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const folded = (text: string) => spelledPlainly(lowered(text));

/** Some 49,000 of the most common passwords, folded like every password that is looked up. */
const COMMON = new Set((dictionary['passwords-common'] as string[]).map(folded));

/** The repeated part: `abc` in `abcabcabc`, the whole text if nothing repeats. */
const unitOf = (text: string) => {
  const at = (text + text).indexOf(text, 1);
  return text.slice(0, at);
};

/** Without the digits and signs around a word. */
const stemOf = (text: string) => {
  const stem = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return stem.length >= SHORTEST_STEM && text.length - stem.length <= MOST_DECORATION ? stem : text;
};

/** Whether a password is one that attackers try first, however it is spelled. */
export function isWellKnown(password: string, names: Names): boolean {
  const { email, firstName, lastName, nickname } = names;
  const [mailbox = ''] = email.split('@');
  const own = new Set(
    [
      ...[email, mailbox, firstName, lastName, nickname ?? ''],
      ...[firstName + lastName, lastName + firstName],
    ].map(folded),
  );
  const text = lowered(password.slice(0, 400)).replace(/\s/gu, '');
  if (unitOf(text).length <= 2) return true;
  return [text, stemOf(text)]
    .map(spelledPlainly)
    .filter((word) => word !== '')
    .flatMap((word) => [word, unitOf(word)])
    .some((word) => COMMON.has(word) || own.has(word));
}
