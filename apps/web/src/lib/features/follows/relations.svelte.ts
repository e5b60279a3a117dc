import { getContext, setContext } from 'svelte';
import type { Relation } from '@echomate/contracts/follows.dto';
import { Living } from '#lib/living.svelte.ts';

const KEY = Symbol('relations');

export const provideRelations = () => setContext(KEY, new Living<Relation>());

interface Loaded {
  id: string;
  relation: Relation;
}

/** The relation to a person, the same wherever they are shown. A preview shows another's, and leaves it alone. */
export const relationOf = (person: () => Loaded, isPreview: () => boolean = () => false) => {
  const relations = getContext<Living<Relation>>(KEY);
  $effect.pre(() => {
    if (!isPreview()) relations.learn(person().id, person().relation);
  });
  return {
    get current() {
      const { id, relation } = person();
      return isPreview() ? relation : relations.now(id, relation);
    },
    set current(relation: Relation) {
      relations.set(person().id, relation);
    },
  };
};

/** For lists that depend on relations to many people. */
export const relations = () => getContext<Living<Relation>>(KEY);
