import { handleOf, isHandle } from '@echomate/contracts/handles';
import { handlesFrom, isReserved, numbered } from './handle-suggestions.js';

it.each(['ada', 'a1', 'ada.okafor', 'ada_okafor', 'ada-okafor', '2nd', 'a'.repeat(30)])(
  '%s is a handle',
  (handle) => expect(isHandle(handle)).toBe(true),
);

it.each([
  ...['', 'a', '12345', '.ada', 'ada.', 'ada..okafor', 'ada._okafor', 'ada okafor', 'a/b', 'ada?'],
  ...['аda', 'adа', 'ünal', 'İda', 'K', '１ada', 'a'.repeat(31), 'Ada', 'ada\n', 'ad\u200Ba'],
  '0190a5b4-0000-7000-8000-00000000000a',
])('%j is none', (handle) => expect(isHandle(handle)).toBe(false));

it('is typed in any case and with its sign; letters beyond ASCII never become others', () => {
  expect(handleOf(' @Ada.Okafor ')).toBe('ada.okafor');
  expect(isHandle(handleOf('\u212Aofi'))).toBe(false);
});

it.each([
  ['Ada', 'Okafor', ['ada', 'ada.okafor', 'adaokafor', 'okafor.ada']],
  ['Dilara', 'Yılmaz', ['dilara', 'dilara.yilmaz', 'dilarayilmaz', 'yilmaz.dilara']],
  ['Jean-Luc', 'O’Neill', ['jeanluc', 'jeanluc.oneill', 'jeanluconeill', 'oneill.jeanluc']],
  ['Иван', 'Петров', ['ivan', 'ivan.petrov', 'ivanpetrov', 'petrov.ivan']],
  ['Admin', 'Help', ['admin.help', 'adminhelp', 'help.admin']],
])('for %s %s suggests %j', (first, last, expected) =>
  expect(handlesFrom(first, last)).toEqual(expected),
);

it('makes only handles, of long names and of names without letters too', () => {
  expect(handlesFrom('7', '7')).toEqual([]);
  for (const name of ['x'.repeat(60), 'a.b'.repeat(20), '漢'.repeat(60)])
    for (const handle of handlesFrom(name, name)) {
      expect(isHandle(handle)).toBe(true);
      for (const other of numbered(handle, 6)) expect(isHandle(other)).toBe(true);
    }
  expect(numbered(`${'a'.repeat(27)}.bc`, 2).every(isHandle)).toBe(true);
});

it('reserves what sounds like the place itself', () => {
  for (const handle of ['me', 'admin', 'suggestions', 'settings'])
    expect(isReserved(handle)).toBe(true);
});
