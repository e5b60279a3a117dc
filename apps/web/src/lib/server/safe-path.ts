/**
 * A path of this site or "/". Checked with the URL parser that browsers use: "//host", "/\\host", "/.//host" and paths
 * with tabs or line breaks lead to other sites.
 */
export const safePath = (wanted: string | null | undefined) => {
  const base = 'http://own.invalid';
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, base)) return '/';
  const { origin, pathname, search } = new URL(wanted, base);
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
};
