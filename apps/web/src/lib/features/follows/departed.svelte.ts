import { getContext, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

const KEY = Symbol('departed');

/**
 * People whom the viewer has blocked or muted on this open page. What was loaded before shows nothing more of them, at
 * once; what is loaded later comes without them.
 */
class Departed {
  readonly blocked = new SvelteSet<string>();
  /** Only feeds leave them out */
  readonly muted = new SvelteSet<string>();

  note(action: 'block' | 'unblock' | 'mute' | 'unmute', id: string) {
    if (action === 'block') this.blocked.add(id);
    if (action === 'unblock') this.blocked.delete(id);
    if (action === 'mute') this.muted.add(id);
    if (action === 'unmute') this.muted.delete(id);
  }
}

export const provideDeparted = () => setContext(KEY, new Departed());

export const departed = () => getContext<Departed>(KEY);
