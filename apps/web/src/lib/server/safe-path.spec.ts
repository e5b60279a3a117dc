import { safePath } from './safe-path.ts';

test.each(['/settings', '/settings/profile?tab=1', '/a%20b'])('keeps %s', (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  'settings',
  '',
  null,
  undefined,
])('never follows %s', (path) => {
  expect(safePath(path)).toBe('/');
});

test('drops the fragment, which no server sees', () => {
  expect(safePath('/settings#x')).toBe('/settings');
});
