/** Where a link may begin, for a pattern that finds more than links. */
export const LINK = 'https?://[^\\s<>"]+';

/** The address that begins what was found, without the full stop or the bracket after it; null if it is none. */
export const addressIn = (found: string): string | null => {
  const address = withoutClosing(found);
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol)
    ? address
    : null;
};

const OPENING: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

const withoutClosing = (link: string): string => {
  const shorter = link.replace(/[.,;:!?'’”»…]+$/u, '');
  const opening = OPENING[shorter.at(-1) ?? ''];
  return opening && !shorter.includes(opening) ? withoutClosing(shorter.slice(0, -1)) : shorter;
};
