import { linkOwnAddresses } from './link-own-addresses.ts';

const own = ['http://localhost:3000'];

test('links addresses of this site by their path', () => {
  expect(linkOwnAddresses('Open http://localhost:3000/verify-email?token=x\nBye', own)).toEqual([
    { text: 'Open ', path: null },
    { text: 'http://localhost:3000/verify-email?token=x', path: '/verify-email?token=x' },
    { text: '\nBye', path: null },
  ]);
});

test.each([
  'https://evil.example/verify-email',
  'http://localhost:3000.evil.example/',
  'http://localhost:3000@evil.example/',
  'javascript:alert(1)',
])('leaves %s as text', (address) => {
  expect(linkOwnAddresses(address, own).every(({ path }) => path === null)).toBe(true);
});
