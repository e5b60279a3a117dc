import { getContext, setContext } from 'svelte';
import type { Group } from '@echomate/contracts/groups.dto';
import { Living } from '#lib/living.svelte.ts';
import { backgroundApi } from '#lib/browser-api.ts';
import { readGroup } from './groups-api.ts';

const KEY = Symbol('memberships');

/** How the viewer stands to groups, as far as this open page knows. What a group shows goes with the membership. */
export class Memberships {
  readonly #standings = new Living<Pick<Group, 'standing'>>();

  learn(group: Group) {
    this.#standings.learn(group.id, group);
  }

  left(id: string) {
    this.#standings.set(id, NONE);
  }

  /** What is inside was just loaded. */
  sawInside(id: string) {
    if (this.isOut(id)) this.#standings.set(id, IN);
  }

  /** Unknown is in: whoever is not is shown nothing by the api. */
  isOut(id: string) {
    return this.#standings.now(id, IN).standing !== 'member';
  }

  /** Whether the viewer could take a step towards it; unknown means that none has been taken. */
  isNew(id: string) {
    return this.#standings.now(id, NONE).standing === 'none';
  }

  /** Something in the group was not found: is the viewer still in it? */
  async isStillIn(id: string): Promise<boolean> {
    const answer = await readGroup(backgroundApi, id);
    if (answer.ok) this.#standings.set(id, answer.data);
    else if (answer.status === 404) this.left(id);
    return !this.isOut(id);
  }
}

const NONE = { standing: 'none' } as const;
const IN = { standing: 'member' } as const;

export const provideMemberships = () => setContext(KEY, new Memberships());

export const memberships = () => getContext<Memberships>(KEY);
