import { CookieJar } from './cookie-jar.ts';

test('asks on as the browser would', () => {
  expect(new CookieJar('a=1; b=x=y').toString()).toBe('a=1; b=x=y');
  expect(new CookieJar(null).toString()).toBe('');
});

test('what the api sets in between counts for the next question', () => {
  const jar = new CookieJar('session=old; theme=dark');
  jar.receive(['session=new; Path=/; HttpOnly; SameSite=Lax']);
  expect(jar.toString()).toBe('session=new; theme=dark');
});

test.each([
  'session=; Path=/',
  'session=gone; Max-Age=0',
  'session=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
])('%s ends the cookie', (header) => {
  const jar = new CookieJar('session=old');
  jar.receive([header]);
  expect(jar.has('session')).toBe(false);
});

test('keeps the headers letter by letter for the browser', () => {
  const header = '__Host-echomate_session=s%3Aabc.def; Path=/; Secure; HttpOnly; SameSite=Lax';
  const jar = new CookieJar(null);
  jar.receive([header]);
  expect(jar.setCookieHeaders).toEqual([header]);
});
