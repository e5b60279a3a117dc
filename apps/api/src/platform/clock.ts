const here = Date;
let ahead = 0;

const now = () => here.now() + ahead;

/**
 * Sets the clock of this process to another moment, from which it goes on. Every time and every id (UUIDv7) comes from
 * `Date`, so all that is written then belongs to that moment. Ids keep their order only if it is never set back.
 */
export function setClock(moment: number): void {
  // In whole milliseconds, as `Date.now()` always is: ids are made of them.
  ahead = Math.round(moment) - here.now();
  globalThis.Date = moving;
}

/** Everything else of `Date` is as it was, and so is every date that it makes. */
const moving = new Proxy(here, {
  construct: (real, given) => (given.length ? Reflect.construct(real, given) : new real(now())),
  get: (real, name) => (name === 'now' ? now : (Reflect.get(real, name) as unknown)),
});
