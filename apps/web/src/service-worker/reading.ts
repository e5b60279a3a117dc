import { self } from '$app/service-worker';
import { forget, hear, keep, kept, now } from './kept.ts';
import { dataKey, isDataUrl, isWithoutApi, maskOf, partsOf, pathOf, wholeOf } from './page-data.ts';
import { offlinePage, pageShell } from './shell.ts';

/** After the page that was opened, and what it loads itself. */
const WHOLE_AFTER_MS = 2_000;
const AWAY = [502, 503, 504];
/** What isn't named here is not kept: settings, for one. */
const PAGES =
  /^\/(?!posts\/[^/]+\/insights)($|@|(people|posts|groups|hashtags|calendar|events|messages|notifications|requests)(\/|$))/;
/** What continues these pages, and what opens over them. */
const ANSWERS =
  /^\/api\/v1\/(feed|notifications|conversations(\/[\w-]{36}(\/messages)?)?|(users|groups|hashtags)\/[^/]+\/posts|posts\/[^/]+\/comments|comments\/[^/]+\/replies)$/;
/** What is looked for, and what one has missed, is asked for once. */
const PASSING = ['q', 'after'];

const isKeepable = (url: URL) =>
  (PAGES.test(pathOf(url)) || ANSWERS.test(url.pathname)) &&
  !PASSING.some((name) => url.searchParams.has(name));

/** From the network. `isThere` is false without a line, and while our servers are away. */
const ask = async (request: Request | string) => {
  const asked = now();
  const answer = await fetch(request).catch(() => undefined);
  const text = await answer
    ?.clone()
    .text()
    .catch(() => undefined);
  if (!answer || text === undefined) return { answer: Response.error(), isThere: false as const };
  const isThere = !AWAY.includes(answer.status) && !isWithoutApi(text);
  return { answer, text, asked, isThere };
};

const askWhole = async (address: string) => {
  const key = dataKey(address);
  const told = await ask(key);
  if (told.isThere) await keep(key, told.answer, wholeOf(told.text, '', null) ?? null, told.asked);
};

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A page that was opened has its data inside; as data they are asked for again, so that they can be kept. */
const openPage = async (event: FetchEvent): Promise<Response> => {
  const { url } = event.request;
  const asked = now();
  const answer = await Promise.resolve(event.preloadResponse)
    .then((loaded: Response | undefined) => loaded ?? fetch(event.request))
    .catch(() => undefined);
  if (!answer || AWAY.includes(answer.status)) {
    if ((await kept(dataKey(url))) !== null) return pageShell();
    return answer ?? offlinePage();
  }
  const keepWhole = async () => {
    if (!(await hear(answer, asked)) || !isKeepable(new URL(url))) return;
    await wait(WHOLE_AFTER_MS);
    await askWhole(url);
  };
  event.waitUntil(keepWhole());
  return answer;
};

/** Without a line, the page learns that it shows what was kept. */
const fromKept = async (event: FetchEvent, key: string, mask: string) => {
  const text = await kept(key);
  if (text === null) return null;
  (await self.clients.get(event.clientId))?.postMessage('kept');
  return new Response(mask ? partsOf(text, mask) : text, {
    headers: { 'content-type': 'application/json' },
  });
};

/** The network is always asked first; what is kept answers only without it. */
const read = async (event: FetchEvent): Promise<Response> => {
  const { url, referrer } = event.request;
  const isData = isDataUrl(new URL(url));
  const key = isData ? dataKey(url) : url;
  const mask = isData ? maskOf(url) : '';
  const told = await ask(event.request);
  if (!told.isThere) return (await fromKept(event, key, mask)) ?? told.answer;

  const { answer, text, asked } = told;
  const keepIt = async () => {
    if (!isData) return keep(key, answer, text, asked);
    const isFromHere = referrer.startsWith(self.location.origin);
    const before = mask.includes('0') && isFromHere ? await kept(dataKey(referrer)) : null;
    const whole = wholeOf(text, mask, before);
    return whole === undefined ? askWhole(url) : keep(key, answer, whole, asked);
  };
  event.waitUntil(keepIt());
  return answer;
};

/** How a request of a page is answered; undefined where the browser does it alone. */
export const readerFor = (request: Request) => {
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return undefined;
  if (request.mode === 'navigate') return url.pathname.startsWith('/api/') ? undefined : openPage;
  return isKeepable(url) && (isDataUrl(url) || ANSWERS.test(url.pathname)) ? read : undefined;
};

const SESSION =
  /^\/(log(in|out)|register|verify-email|reset-password|return-email)(\/|$)|^\/api\/v1\/auth\//;

/** Whoever is signed in afterwards may be another person, or nobody. */
export const isAboutSession = ({ method, url }: Request) =>
  method !== 'GET' && SESSION.test(new URL(url).pathname);

/** A page tells that its session has ended, or that what it shows has gone on since it was opened. */
export const hearPage = async (said: 'forget' | { keep: string }): Promise<void> => {
  if (said === 'forget') return forget();
  if (isKeepable(new URL(said.keep))) await askWhole(said.keep);
};
