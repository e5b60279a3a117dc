import { getContext, setContext, tick } from 'svelte';
import { snapshot } from '$app/navigation';
import { randomId } from '#lib/random-id.ts';

const KEY = Symbol('kept lists');
const MOST = 20;

type Kept = Map<string, unknown>;

/** Lists as they were left, in the order in which they were left. Not in the browser's storage: log-out ends them. */
export const provideKeptLists = () => setContext<Kept>(KEY, new Map());

interface Left {
  list: string;
  y: number;
}

/** On the way back a list is as it was left, at the same place: all its parts, not only the first. */
export const keptList = <Content>(content: () => Content, restore: (content: Content) => void) => {
  const kept = getContext<Kept>(KEY);
  const list = randomId();
  snapshot<Left>({
    id: 'kept-list',
    capture: () => {
      kept.delete(list);
      kept.set(list, content());
      for (const oldest of [...kept.keys()].slice(0, -MOST)) kept.delete(oldest);
      return { list, y: scrollY };
    },
    restore: (left) => {
      // A dialog has been closed over the list: it is still the same.
      if (left.list === list || !kept.has(left.list)) return;
      restore(kept.get(left.list) as Content);
      void tick().then(() => scrollTo(0, left.y));
    },
  });
};
