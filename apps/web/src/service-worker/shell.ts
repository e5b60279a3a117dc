import { immutable } from '$app/manifest';
import { version } from '$app/env';

/** What every visitor gets: our offline page, a page without anybody's data, and the files of this build. */
const SHELL = `echomate-shell-${version}`;
const OFFLINE = '/offline.html';
/** Opens whatever address it is shown at, with the data that are kept for it. */
const PAGE = '/app-shell';
const PLAIN = [OFFLINE, PAGE, '/offline.js', '/error.css', '/favicon.svg'];
/** Letters beyond Latin come when they are needed. */
const BUILT = immutable
  .map(({ path }) => `/${path.replace(/^\//, '')}`)
  .filter((path) => !path.endsWith('.woff2') || path.includes('-latin-wght-'));
const FILES = new Set([...PLAIN.filter((path) => path !== PAGE), ...BUILT]);
const AT_ONCE = 4;

export const fillShell = async () => {
  const shell = await caches.open(SHELL);
  await shell.addAll(PLAIN);
  const rest = [...BUILT];
  // A few at a time, so that the page in front of it comes first. What an older version has is not loaded again.
  const work = async () => {
    for (let path = rest.pop(); path; path = rest.pop()) {
      const known = await caches.match(path);
      if (known) await shell.put(path, known);
      else await shell.add(path);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

/** Of earlier versions. */
export const dropOlder = async () => {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith('echomate-shell-') && name !== SHELL);
  await Promise.all(older.map((name) => caches.delete(name)));
};

export const isShell = ({ url }: Request) => {
  const { origin, pathname } = new URL(url);
  return origin === self.location.origin && FILES.has(pathname);
};

export const unlessOffline = async (request: Request): Promise<Response> => {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: SHELL })) ?? Response.error();
  }
};

const plain = async (path: string): Promise<Response> =>
  (await caches.match(path, { cacheName: SHELL })) ?? Response.error();

export const offlinePage = () => plain(OFFLINE);

/** Marked, so that it knows that it shows what was kept. */
export const pageShell = async (): Promise<Response> => {
  const page = await plain(PAGE);
  if (!page.ok) return offlinePage();
  return new Response((await page.text()).replace('<html', '<html data-kept'), page);
};
