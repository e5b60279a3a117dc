/** SvelteKit would mark it Secure on plain http too, and an installation in a local network lose it. */
export const ownCookie = (url: URL, path = '/') => ({
  path,
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: url.protocol === 'https:',
});
