import { self } from '$app/service-worker';
import './pushes.ts';
import { forget } from './kept.ts';
import { hearPage, isAboutSession, readerFor } from './reading.ts';
import { dropOlder, fillShell, isShell, unlessOffline } from './shell.ts';

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

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (isAboutSession(request)) event.waitUntil(forget());
  if (request.method !== 'GET') return;
  if (isShell(request)) return event.respondWith(unlessOffline(request));
  const read = readerFor(request);
  if (read) event.respondWith(read(event));
});

self.addEventListener('message', (event) => event.waitUntil(hearPage(event.data)));
