import { resolve } from '$app/paths';

/** The same page of a profile, at the address with the present handle. */
export const profileAddress = (handle: string, { pathname, search }: URL): string => {
  const own = resolve('/(app)/@[handle]', { handle });
  const tab = pathname.replace(/^.*?\/(?:@|people\/)[^/]+/, '');
  return own + tab + search;
};
