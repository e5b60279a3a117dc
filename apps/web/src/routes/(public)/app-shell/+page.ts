/** A page without anybody's data. The service worker shows it at an address whose data it keeps. */
export const ssr = false;
