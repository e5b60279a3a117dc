import { storageOf, store, stored } from './storage.ts';

const own = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
const provide = (get: () => unknown) =>
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get });

afterEach(() => {
  if (own) Object.defineProperty(globalThis, 'localStorage', own);
  else Reflect.deleteProperty(globalThis, 'localStorage');
});

it('keeps what it is given, until it is taken out', () => {
  const kept = new Map<string, string>();
  provide(() => ({
    getItem: (place: string) => kept.get(place) ?? null,
    setItem: (place: string, value: string) => kept.set(place, value),
    removeItem: (place: string) => kept.delete(place),
  }));
  store('here', 'words');
  expect(stored('here')).toBe('words');
  store('here', null);
  expect(stored('here')).toBeNull();
});

it('keeps nothing where storage is forbidden or full, and says nothing', () => {
  provide(() => {
    throw new Error('forbidden');
  });
  expect(storageOf('localStorage')).toBeNull();
  store('here', 'words');
  expect(stored('here')).toBeNull();
  provide(() => ({
    setItem: () => {
      throw new Error('full');
    },
  }));
  store('here', 'words');
});
