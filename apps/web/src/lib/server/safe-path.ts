/**
 * A path of this site or "/". The browser's own URL parser decides, since it is the one that will
 * follow it: "//host", "/\\host", "/.//host" and paths with tabs or line breaks lead away from here.
 */
export const safePath = (wanted: string | null | undefined) => {
  const base = 'http://own.invalid';
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, base)) return '/';
  const { origin, pathname, search } = new URL(wanted, base);
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
};
