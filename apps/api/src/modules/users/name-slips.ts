/** Shorter words are like too many others; longer ones are rarely typed. */
const SHORTEST = 4;
const LONGEST = 20;

/** The word with one of its characters left out, once for each. Words of which one is in the other's differ by a slip. */
export function slipsOf(word: string): string[] {
  const characters = [...word];
  if (characters.length < SHORTEST || characters.length > LONGEST) return [];
  return [...new Set(characters.map((_, at) => characters.toSpliced(at, 1).join('')))];
}

/** Whether one character was left out, added or mistaken for another, or two were swapped. */
export function differByASlip(one: string, other: string): boolean {
  const [short, long] = [[...one], [...other]].sort((a, b) => a.length - b.length) as [
    string[],
    string[],
  ];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = (characters: string[], from: number) => characters.slice(from).join('');
  if (short.length < long.length) return rest(short, at) === rest(long, at + 1);
  return (
    rest(short, at + 1) === rest(long, at + 1) ||
    (short[at] === long[at + 1] &&
      short[at + 1] === long[at] &&
      rest(short, at + 2) === rest(long, at + 2))
  );
}

/** Whether every word of the query begins a word of the names, or is a slip away from one. */
export function areAlike(searchName: string, asked: string[]): boolean {
  const words = searchName.split(/\s+/).filter(Boolean);
  return asked.every((text) =>
    words.some(
      (word) => word.startsWith(text) || (slipsOf(text).length > 0 && differByASlip(word, text)),
    ),
  );
}
