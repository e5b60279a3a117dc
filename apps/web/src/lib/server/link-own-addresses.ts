export interface TextPart {
  text: string;
  /** Set if the text is a URL of this site; other URLs stay plain text. */
  path: string | null;
}

export const linkOwnAddresses = (text: string, ownOrigins: (string | undefined)[]): TextPart[] =>
  text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, path: ownPathOf(part, ownOrigins) }));

const ownPathOf = (part: string, ownOrigins: (string | undefined)[]) => {
  if (!/^https?:\/\//.test(part) || !URL.canParse(part)) return null;
  const url = new URL(part);
  return ownOrigins.includes(url.origin) ? `${url.pathname}${url.search}` : null;
};
