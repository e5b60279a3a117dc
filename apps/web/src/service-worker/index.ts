import { self } from '$app/service-worker';
import './pushes.ts';
import { dropOlder, fillShell, isShell, offlinePage, unlessOffline } from './shell.ts';

self.addEventListener('install', (event) => {
  void self.skipWaiting();
  event.waitUntil(fillShell());
});

const begin = async () => {
  await dropOlder();
  // Otherwise every page would wait until this worker has started.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
};
self.addEventListener('activate', (event) => event.waitUntil(begin()));

const open = async (event: FetchEvent) => {
  try {
    return ((await event.preloadResponse) as Response | undefined) ?? (await fetch(event.request));
  } catch {
    return offlinePage();
  }
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(open(event));
  else if (isShell(request)) event.respondWith(unlessOffline(request));
});
