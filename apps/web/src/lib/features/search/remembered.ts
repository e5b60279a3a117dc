const MOST = 8;

/** The newest first; one that differs only by letter case is the same. */
export const remembered = (searches: readonly string[], q: string): string[] => {
  const words = q.trim();
  return words ? [words, ...without(searches, words)].slice(0, MOST) : [...searches];
};

export const without = (searches: readonly string[], q: string) =>
  searches.filter((one) => one.toLowerCase() !== q.toLowerCase());
