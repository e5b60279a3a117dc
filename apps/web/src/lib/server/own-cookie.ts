/** SvelteKit marks cookies Secure even on plain http, where an installation in a local network would lose them. */
export const ownCookie = (url: URL, path = '/') => ({
  path,
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: url.protocol === 'https:',
});
