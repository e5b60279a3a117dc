/** From light to dark; '' is the yellow one. */
export const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const;
export type Tone = (typeof TONES)[number];

const TAKES_TONE = /^\p{Emoji_Modifier_Base}$/u;
const IN_COLOUR = '\u{FE0F}';
/** Between two people it joins them, and has no colour of its own. */
const HANDSHAKE = '🤝';

/** An emoji that has skin tones, in this one: everybody in it gets it. */
export const toned = (emoji: string, tone: Tone): string => {
  if (!tone) return emoji;
  const characters = [...emoji];
  let text = '';
  for (const [at, character] of characters.entries()) {
    const before = characters[at - 1] ?? '';
    const isToned = (one: string) =>
      TAKES_TONE.test(one) && (one !== HANDSHAKE || characters.length < 3);
    if (character === IN_COLOUR && isToned(before)) continue;
    text += isToned(character) ? character + tone : character;
  }
  return text;
};
