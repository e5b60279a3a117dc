/** Longer ones are refused for their length; nothing else is looked at before. */
const LONGEST_LOOKED_AT = 1000;

/** Takes no room, or changes the direction of what follows, or is blank though it counts as a character. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u2800\uFFFC]/u;

/**
 * Joiners decide how the letters of some scripts are written (Persian, and those of India and its
 * neighbours); between letters of others they only make two names look the same.
 */
const JOINED =
  '[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Nkoo}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}]';
const JOINERS_BETWEEN_LETTERS = new RegExp(
  `(?<=(?=${JOINED})[\\p{L}\\p{M}])[\\u200C\\u200D](?=(?=${JOINED})\\p{L})`,
  'gu',
);

/** What picks the coloured form of an emoji, or makes one picture of two. */
const PARTS_OF_EMOJI =
  /(?<=\p{Extended_Pictographic}|[#*0-9])\uFE0F|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})/gu;

/** Why people cannot be called this; null if they can. */
export function faultOfName(name: string): string | null {
  if (name === '' || name.length > LONGEST_LOOKED_AT) return null;
  const seen = name.replace(JOINERS_BETWEEN_LETTERS, '').replace(PARTS_OF_EMOJI, '');
  if (UNSEEN.test(seen)) return 'This contains characters that nobody can see. Type it anew.';
  if (!/[\p{L}\p{N}]/u.test(seen)) return 'Use at least one letter or number.';
  return null;
}
