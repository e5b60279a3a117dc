import { fault, type Fault } from './refusals.js';

/** Longer names are refused for their length, without further checks. */
const LONGEST_LOOKED_AT = 1000;

/** Invisible characters, and those that change the direction of the text after them. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u2800\uFFFC]/u;

/**
 * Joiners decide how letters of some scripts are written (Persian and those of India, for example); between letters of
 * other scripts they only make different names look the same.
 */
const JOINED =
  '[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Nkoo}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}]';
const JOINERS_BETWEEN_LETTERS = new RegExp(
  `(?<=(?=${JOINED})[\\p{L}\\p{M}])[\\u200C\\u200D](?=(?=${JOINED})\\p{L})`,
  'gu',
);

/** Selects the coloured form of an emoji, or joins two emoji into one. */
const PARTS_OF_EMOJI =
  /(?<=\p{Extended_Pictographic}|[#*0-9])\uFE0F|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})/gu;

/** Why this cannot be a name; null if it can. */
export function faultOfName(name: string): Fault | null {
  if (name === '' || name.length > LONGEST_LOOKED_AT) return null;
  const seen = name.replace(JOINERS_BETWEEN_LETTERS, '').replace(PARTS_OF_EMOJI, '');
  if (UNSEEN.test(seen)) return fault('invisible-characters');
  if (!/[\p{L}\p{N}]/u.test(seen)) return fault('no-letters');
  return null;
}
