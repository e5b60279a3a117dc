/** Which conversation is open in the dock, if any; null if it is closed. */
interface Docked {
  id: string | null;
}

const KEY = 'chat-dock';

/** Kept for the tab, so that the dock is as it was when the page is loaded again. */
export const dockState = {
  read(): Docked | null {
    try {
      return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Docked | null;
    } catch {
      return null;
    }
  },
  save(docked: Docked | null) {
    try {
      if (docked) sessionStorage.setItem(KEY, JSON.stringify(docked));
      else sessionStorage.removeItem(KEY);
    } catch {
      // Then it is closed the next time.
    }
  },
};
