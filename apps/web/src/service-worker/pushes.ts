import { self } from '$app/service-worker';

/** As the api sends it: numbers only, and where it leads inside the site. */
interface Pushed {
  title: string;
  body: string;
  tag: string;
  to: string;
}

const windows = () => self.clients.matchAll({ type: 'window' });

/** Whoever looks at a page sees it there. */
const show = async ({ title, body, tag, to }: Pushed) => {
  if ((await windows()).some(({ visibilityState }) => visibilityState === 'visible')) return;
  await self.registration.showNotification(title, {
    body,
    tag,
    data: to,
    icon: '/favicon.svg',
    badge: '/favicon.svg',
  });
};

const open = async (to: string) => {
  const { origin } = self.location;
  const target = new URL(to, origin);
  if (target.origin !== origin) return;
  const [page] = await windows();
  if (!page) return void (await self.clients.openWindow(target.href));
  await page.focus();
  // A page that this worker does not control yet can't be led anywhere.
  await page.navigate(target.href).catch(() => self.clients.openWindow(target.href));
};

/** The browser has replaced its subscription by itself. */
const renew = async (before: PushSubscription | null) => {
  if (!before) return;
  const after = await self.registration.pushManager.subscribe(before.options);
  const { endpoint, keys } = after.toJSON();
  await fetch('/api/v1/notifications/push', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, keys }),
  });
};

self.addEventListener('push', (event) => {
  if (event.data) event.waitUntil(show(event.data.json() as Pushed));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(
    renew((event as { oldSubscription?: PushSubscription | null }).oldSubscription ?? null),
  );
});
