import { dataKey, isWithoutApi, maskOf, partsOf, pathOf, wholeOf } from './page-data.ts';

const SITE = 'https://echomate.example';
const node = (name: string) => ({ type: 'data', data: [name], uses: {} });
const SKIPPED = { type: 'skip' };
const pageOf = (...nodes: unknown[]) => JSON.stringify({ type: 'data', nodes });

it('knows the data of a page by one key, whichever parts are asked for', () => {
  const key = `${SITE}/messages/1/__data.json?around=2`;
  expect(dataKey(`${SITE}/messages/1?around=2#top`)).toBe(key);
  expect(dataKey(`${SITE}/messages/1/__data.json?around=2&x-sveltekit-invalidated=01`)).toBe(key);
  expect(dataKey(`${SITE}/`)).toBe(`${SITE}/__data.json`);
  expect(dataKey(`${SITE}/__data.json?x-sveltekit-trailing-slash=1`)).toBe(`${SITE}/__data.json`);
  expect(pathOf(new URL(`${SITE}/__data.json`))).toBe('/');
  expect(maskOf(`${SITE}/__data.json?x-sveltekit-invalidated=01`)).toBe('01');
});

it('completes what SvelteKit leaves out from the page before', () => {
  const before = pageOf(node('frame'), node('people'));
  const whole = pageOf(node('frame'), node('groups'));
  expect(wholeOf(pageOf(SKIPPED, node('groups')), '01', before)).toBe(whole);
  expect(wholeOf(whole, '11', null)).toBe(whole);
  expect(partsOf(whole, '01')).toBe(pageOf(SKIPPED, node('groups')));
});

it('says when a part is missing, and takes none of another page after an error', () => {
  const before = pageOf(node('frame'), node('people'));
  expect(wholeOf(pageOf(SKIPPED, node('groups')), '01', null)).toBeUndefined();
  expect(wholeOf(pageOf(node('frame'), SKIPPED), '1', before)).toBeUndefined();
});

it('keeps no redirects, errors and other texts', () => {
  const refused = (status: number) => pageOf(node('frame'), { type: 'error', error: { status } });
  expect(wholeOf(JSON.stringify({ type: 'redirect', location: '/login' }), '', null)).toBeNull();
  expect(wholeOf(refused(404), '11', null)).toBeNull();
  expect(wholeOf('<!doctype html>', '', null)).toBeNull();
  expect(isWithoutApi(refused(503))).toBe(true);
  expect(isWithoutApi(refused(404))).toBe(false);
});
