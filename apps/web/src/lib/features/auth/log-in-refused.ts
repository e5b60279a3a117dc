import type { ApiRefusal } from '#lib/api-answer.ts';

const PAGES: Partial<Record<string, string>> = {
  'account-leaving': '/leaving',
  'account-suspended': '/suspended',
};

/** Opens the page that says more about a refused log-in than a notice can, and returns whether there is one. */
export const openPageAbout = ({ problem }: ApiRefusal): boolean => {
  const page = problem && PAGES[problem];
  if (page) location.assign(page);
  return Boolean(page);
};
