/** What SvelteKit asks for at `__data.json`: a node for each layout of the page, and one for the page. */
interface Node {
  type: 'data' | 'skip' | 'error';
}
export interface PageData {
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

export const maskOf = (address: string) => new URL(address).searchParams.get(MASK);

/** Null for everything that isn't the data of a page in one piece. */
export const dataOf = (text: string): PageData | null => {
  try {
    const data = JSON.parse(text) as PageData;
    const isWhole = data.type === 'data' && data.nodes.every((node) => node?.type !== 'error');
    return isWhole ? data : null;
  } catch {
    return null;
  }
};

export const filled = (data: PageData, before: PageData): PageData => ({
  ...data,
  nodes: data.nodes.map((node, at) => (node?.type === 'skip' ? (before.nodes[at] ?? node) : node)),
});

/** As it is kept; null if a part is missing. */
export const wholeOf = (data: PageData): string | null =>
  data.nodes.some((node) => node?.type === 'skip') ? null : JSON.stringify(data);

export const masked = (data: PageData, mask: string | null): string =>
  JSON.stringify({
    ...data,
    nodes: data.nodes.map((node, at) => (node && mask?.[at] === '0' ? { type: 'skip' } : node)),
  });
