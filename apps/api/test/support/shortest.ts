/**
 * The shortest list that still fails, as far as it can be found in the given time, by leaving out ever smaller parts.
 * Begins with a list that fails.
 */
export async function shortest<Item>(
  failing: Item[],
  fails: (items: Item[]) => Promise<boolean>,
  withinMs: number,
): Promise<Item[]> {
  const deadline = Date.now() + withinMs;
  let best = failing;
  for (
    let size = Math.ceil(best.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  )
    for (let from = 0; from < best.length && Date.now() < deadline;) {
      const shorter = [...best.slice(0, from), ...best.slice(from + size)];
      if (shorter.length > 0 && (await fails(shorter))) best = shorter;
      else from += size;
    }
  return best;
}
