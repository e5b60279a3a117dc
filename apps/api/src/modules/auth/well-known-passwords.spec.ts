import { dictionary } from '@zxcvbn-ts/language-common';
import { processorSeconds } from '../../../test/support/processor-time.js';
import { isWellKnown } from './well-known-passwords.js';

const names = {
  email: 'ada.okafor@example.org',
  firstName: 'Ada-Chidinma',
  lastName: 'Okafor',
  nickname: 'Bienenkönigin',
};

it('knows thousands', () => {
  expect(dictionary['passwords-common'].length).toBeGreaterThan(40_000);
});

it.each([
  'password',
  'PASSWORD',
  'P@$$w0rd',
  'p4ssw0rd!!',
  'Password123!',
  'password2026',
  '!!password',
  'pass word',
  'p a s s w o r d',
  'pässwörd',
  'ｐａｓｓｗｏｒｄ',
  'passwordpassword',
  'passwordPASSWORD1',
  'qwertyuiop',
  'QWERTY12345',
  '12345678',
  '1234 5678',
  'dragondragon',
  'iloveyou1',
  'aaaaaaaaaaaa',
  'abababababab',
  '#!#!#!#!#!',
  'ada.okafor@example.org',
  'Ada.Okafor',
  'adaokafor1',
  'Okafor2026',
  'okaforokafor',
  'AdaChidinmaOkafor',
  'b1enenkon1g1n',
])('refuses %s', (password) => {
  expect(isWellKnown(password, names)).toBe(true);
});

it.each([
  'seven green bicycles',
  'nine red umbrellas',
  'q7#kP.2z',
  'Zoë rides a bike',
  'correct horse battery staple',
  '$&#*(){}^%<>~',
  'Ada and her 2 bees',
  'мой дом на горе',
  '蜂蜜は棚の上にある',
])('lets pass %s', (password) => {
  expect(isWellKnown(password, names)).toBe(false);
});

it('is quick, whatever it is asked', async () => {
  const long = 'pa'.repeat(5000) + 'ss';
  const seconds = await processorSeconds(() => {
    for (let round = 0; round < 100; round++) isWellKnown(long, names);
  });
  expect(seconds).toBeLessThan(2);
});
