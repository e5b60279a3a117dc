/**
 * Shows our page instead of the browser's when an address cannot be reached. It keeps that page alone: nothing that
 * belongs to anybody, so logging out leaves nothing behind.
 */
const SHELL = 'echomate-shell-1';
const OFFLINE = '/offline.html';
const FILES = [OFFLINE, '/offline.js', '/error.css', '/favicon.svg'];

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(FILES)));
});

const begin = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
  // Otherwise every page would wait until this worker has started.
  await registration.navigationPreload?.enable();
  await clients.claim();
};
addEventListener('activate', (event) => event.waitUntil(begin()));

const open = async (event) => {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
};

const kept = async (request) => {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
};

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(open(event));
  else if (FILES.includes(new URL(request.url).pathname)) event.respondWith(kept(request));
});
