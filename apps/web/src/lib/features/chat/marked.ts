export interface MarkedPart {
  text: string;
  isMatch: boolean;
}

const BEFORE = 40;
const WORD = /[\p{L}\p{N}]/u;

/** As the search compares: without case and accents. */
const folded = (character: string) =>
  character.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** A text cut where words of it begin with one that was searched; it starts shortly before the first of them. */
export const marked = (content: string, q: string): MarkedPart[] => {
  const words = (q.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) =>
    [...word].map(folded).join(''),
  );
  const characters = [...content.normalize('NFC')];
  const plain = characters.map(folded);
  const isMatched = characters.map(() => false);
  for (let at = 0; at < plain.length; at++) {
    if (WORD.test(characters[at - 1] ?? '')) continue;
    for (const word of words) {
      let end = at;
      let text = '';
      while (text.length < word.length && end < plain.length) text += plain[end++];
      if (text === word) isMatched.fill(true, at, end);
    }
  }
  const first = isMatched.indexOf(true);
  const start = first > 2 * BEFORE ? first - BEFORE : 0;
  const parts: MarkedPart[] = start > 0 ? [{ text: '…', isMatch: false }] : [];
  for (const [at, character] of characters.entries()) {
    if (at < start) continue;
    const last = parts.at(-1);
    if (last?.isMatch === isMatched[at]) last!.text += character;
    else parts.push({ text: character, isMatch: isMatched[at]! });
  }
  return parts;
};
