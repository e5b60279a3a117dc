/** A list and its next part: whatever moved between two answers is shown once. */
export const joined = <Item extends { id: string }>(
  shown: readonly Item[],
  next: readonly Item[],
): Item[] => {
  const known = new Set(shown.map(({ id }) => id));
  return [...shown, ...next.filter(({ id }) => !known.has(id))];
};
