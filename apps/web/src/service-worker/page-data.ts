/** What SvelteKit asks for at `__data.json`: a node for each layout of the page, and one for the page. */
interface Node {
  type: 'data' | 'skip' | 'error';
  error?: { status?: number };
}
interface PageData {
  type: 'data';
  nodes: (Node | null)[];
}

const SUFFIX = '/__data.json';
/** How SvelteKit's own parameters begin. */
const OWN = 'x-sveltekit-';
const MASK = `${OWN}invalidated`;

export const isDataUrl = ({ pathname }: URL) => pathname.endsWith(SUFFIX);

/** By which the data of a page are kept, whichever parts are asked for. */
export const dataKey = (address: string) => {
  const url = new URL(address);
  url.hash = '';
  for (const name of [...url.searchParams.keys()])
    if (name.startsWith(OWN)) url.searchParams.delete(name);
  if (!isDataUrl(url)) url.pathname = url.pathname.replace(/\/$/, '') + SUFFIX;
  return url.href;
};

export const pathOf = ({ pathname }: URL) => pathname.replace(SUFFIX, '') || '/';

/** A digit for each node: 1 if the page asks for it, 0 if it has it from the page before. */
export const maskOf = (address: string) => new URL(address).searchParams.get(MASK) ?? '';

/** Null for what isn't the data of a page in one piece, such as a redirect. */
const dataIn = (text: string | null): PageData | null => {
  try {
    const data = JSON.parse(text ?? '') as PageData;
    return data.type === 'data' ? data : null;
  } catch {
    return null;
  }
};

/** The web server answers, but it couldn't reach the api. */
export const isWithoutApi = (text: string) =>
  dataIn(text)?.nodes.some((node) => (node?.error?.status ?? 0) >= 500) ?? false;

/**
 * With what the page still had from the one before. Null if this is nothing to keep, undefined if a part is missing.
 */
export const wholeOf = (text: string, mask: string, before: string | null) => {
  const data = dataIn(text);
  if (!data || data.nodes.some((node) => node?.type === 'error')) return null;
  // After an error SvelteKit asks for its first node alone, and then there is no page before.
  const had = mask.length === data.nodes.length ? dataIn(before) : null;
  const nodes = data.nodes.map((node, at) => (node?.type === 'skip' ? had?.nodes[at] : node));
  return nodes.includes(undefined) ? undefined : JSON.stringify({ ...data, nodes });
};

/** Only what the page has asked for. */
export const partsOf = (text: string, mask: string): string => {
  const data = dataIn(text);
  const nodes = data?.nodes.map((node, at) => (node && mask[at] === '0' ? { type: 'skip' } : node));
  return JSON.stringify({ ...data, nodes });
};
