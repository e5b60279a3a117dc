import {
  forget,
  hasKept,
  hear,
  keepAnswer,
  keepData,
  keepPicture,
  keptAnswer,
  keptData,
  keptPicture,
  now,
  shownOffline,
} from './kept.ts';
import { dataKey, isDataUrl, maskOf } from './page-data.ts';
import { offlinePage, pageShell } from './shell.ts';

/** After the page that was opened. */
const WHOLE_AFTER_MS = 2_000;
const AWAY = [502, 503, 504];
const NOT_KEPT = /^\/(settings|app-shell|login|logout|register|welcome|dev)(\/|$)/;
const ANSWERS =
  /^\/api\/v1\/(conversations(\/(requests|[\w-]{36}(\/messages)?))?|notifications|feed|users\/[^/]+(\/(posts|activity))?|posts\/[^/]+(\/comments)?|comments\/[^/]+\/replies|groups\/[^/]+\/(posts|conversation))$/;
const PICTURE = /^\/api\/v1\/media\/[^/]+\/(thumb|card)$/;
/** What is looked for, and what one has missed, is asked for once. */
const PASSING = ['q', 'after'];

const isKeepable = ({ pathname, searchParams }: URL) =>
  !NOT_KEPT.test(pathname) && !PASSING.some((name) => searchParams.has(name));

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const isThere = (answer: Response | undefined): answer is Response =>
  answer !== undefined && !AWAY.includes(answer.status);

const askWhole = async (address: string) => {
  const asked = now();
  const key = dataKey(address);
  const answer = await fetch(key).catch(() => undefined);
  if (isThere(answer)) await keepData(key, answer, asked);
};

/** A page that was opened has its data inside; as data they are asked for again, so that they can be kept. */
const openPage = async (event: FetchEvent): Promise<Response> => {
  const { request } = event;
  const asked = now();
  let answer: Response | undefined;
  try {
    answer = ((await event.preloadResponse) as Response | undefined) ?? (await fetch(request));
  } catch {
    // There is no line.
  }
  if (!isThere(answer)) {
    if (await hasKept(dataKey(request.url))) return pageShell();
    return answer ?? offlinePage();
  }
  const keepWhole = async (isOwn: boolean) => {
    if (!isOwn || !isKeepable(new URL(request.url))) return;
    await wait(WHOLE_AFTER_MS);
    await askWhole(request.url);
  };
  event.waitUntil(hear(answer, asked).then(keepWhole));
  return answer;
};

/** Whoever is asked first is the network; what is kept answers only where it, or our server, doesn't. */
const read =
  (
    keep: (event: FetchEvent, answer: Response, asked: number) => Promise<void>,
    kept: (request: Request) => Promise<Response | null | undefined>,
  ) =>
  async (event: FetchEvent): Promise<Response> => {
    const asked = now();
    const answer = await fetch(event.request).catch(() => undefined);
    if (!isThere(answer)) return (await kept(event.request)) ?? answer ?? Response.error();
    event.waitUntil(keep(event, answer.clone(), asked));
    return answer;
  };

const readData = read(
  async ({ request }, answer, asked) => {
    const isFromHere = request.referrer.startsWith(self.location.origin);
    const cameFrom = isFromHere ? dataKey(request.referrer) : undefined;
    const isKept = await keepData(dataKey(request.url), answer, asked, cameFrom);
    if (!isKept) await askWhole(request.url);
  },
  ({ url }) => keptData(dataKey(url), maskOf(url)),
);

const readAnswer = read(
  ({ request }, answer, asked) => keepAnswer(request.url, answer, asked),
  ({ url }) => keptAnswer(url),
);

const readPicture = read(
  ({ request }, answer, asked) => keepPicture(request.url, answer, asked),
  ({ url }) => keptPicture(url),
);

/** How a request of a page is answered; undefined where the browser does it alone. */
export const readerFor = (request: Request) => {
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return undefined;
  if (request.mode === 'navigate') return openPage;
  if (PICTURE.test(url.pathname)) return readPicture;
  if (!isKeepable(url)) return undefined;
  if (isDataUrl(url)) return readData;
  return ANSWERS.test(url.pathname) ? readAnswer : undefined;
};

const LOG_OUT = ['/logout', '/api/v1/auth/logout'];

export const isLogOut = ({ method, url }: Request) =>
  method === 'POST' && LOG_OUT.includes(new URL(url).pathname);

/** What pages tell: that somebody has left, or that the line is back. */
export const hearPage = async (said: unknown): Promise<void> => {
  if (said === 'forget') await forget();
  if (said !== 'returned') return;
  for (const url of await shownOffline()) {
    const asked = now();
    if (isDataUrl(new URL(url))) {
      await askWhole(url);
      continue;
    }
    const answer = await fetch(url).catch(() => undefined);
    if (isThere(answer)) await keepAnswer(url, answer, asked);
  }
};
