import * as m from '#lib/generated/messages.js';
import { PAPER } from '#lib/theme.ts';
import type { RequestHandler } from './$types';

const ICONS = [
  { src: '/icons/app-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
  { src: '/icons/app-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
  { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
];

/** What this site is as an app on a home screen. */
export const GET: RequestHandler = async ({ locals }) => {
  const { name, welcome, logo } = await locals.site();
  const manifest = {
    id: '/',
    name,
    short_name: name,
    description: welcome ?? m.shell_promise(),
    lang: 'en',
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    theme_color: PAPER.light,
    background_color: PAPER.light,
    categories: ['social'],
    icons: logo
      ? [
          { src: logo.icon, sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: logo.largeIcon, sizes: '512x512', type: 'image/png', purpose: 'any' },
        ]
      : ICONS,
    shortcuts: [
      { name: m.chat_title(), url: '/messages' },
      { name: m.notifications_title(), url: '/notifications' },
    ],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json' },
  });
};
