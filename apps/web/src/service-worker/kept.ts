import { NOBODY, VIEWER_HEADER } from '@echomate/contracts/viewer-header';
import { dataOf, filled, masked, wholeOf } from './page-data.ts';

/**
 * What one signed-in person has looked at, for when there is no line. Each answer says for whom it is, in a header that
 * only our servers set; there is never more than one person's, and it goes with their session (decision 51).
 */
const READ = 'echomate-read:';
const PICTURES = 'echomate-pictures:';
const KEPT_AT = 'x-kept-at';
const SHOWN = 'x-shown-offline';
const KEPT_FOR_MS = 7 * 24 * 3600_000;

const BOUNDS = {
  [READ]: { most: 150, bytes: 400_000 },
  [PICTURES]: { most: 300, bytes: 200_000 },
};
type Kind = keyof typeof BOUNDS;

/** Grows when something is forgotten: an answer that was asked for before is not kept any more. */
let epoch = 0;
export const now = () => epoch;

/** One after the other, so that nothing is kept while it is being forgotten. */
let last: Promise<unknown> = Promise.resolve();
const inTurn = <Result>(job: () => Promise<Result>): Promise<Result> => {
  const turn = last.then(job, job);
  last = turn.catch(() => undefined);
  return turn;
};

const personal = async () =>
  (await caches.keys()).filter((name) => name.startsWith(READ) || name.startsWith(PICTURES));

const owner = async () =>
  (await personal()).find((name) => name.startsWith(READ))?.slice(READ.length) ?? null;

const drop = async () => {
  await Promise.all((await personal()).map((name) => caches.delete(name)));
};

export const forget = () => {
  epoch++;
  return inTurn(drop);
};

/** Whether this answer is for whoever is signed in now. Only what no cache has held says who that is. */
const isForOwner = async ({ headers }: Response, mayChange: boolean) => {
  const viewer = headers.get(VIEWER_HEADER);
  if (!viewer) return false;
  const known = await owner();
  if (viewer === known) return true;
  if (!mayChange) return false;
  if (known) epoch++;
  await drop();
  if (viewer === NOBODY) return false;
  await Promise.all([caches.open(READ + viewer), caches.open(PICTURES + viewer)]);
  return true;
};

const put = async (kind: Kind, key: string, answer: Response, body: BodyInit, size: number) => {
  const name = kind + (await owner());
  const { most, bytes } = BOUNDS[kind];
  const cache = await caches.open(name);
  if (size > bytes) return void (await cache.delete(key));
  const headers = {
    'content-type': answer.headers.get('content-type') ?? '',
    [KEPT_AT]: String(Date.now()),
  };
  await cache.put(key, new Response(body, { headers }));
  // The oldest come first.
  const keys = await cache.keys();
  for (const [at, old] of keys.entries()) {
    const isOver = at < keys.length - most;
    if (!isOver && !isOld(await cache.match(old))) return;
    await cache.delete(old);
  }
};

const isOld = (kept: Response | undefined) =>
  Date.now() - Number(kept?.headers.get(KEPT_AT) ?? 0) > KEPT_FOR_MS;

const lookUp = async (kind: Kind, key: string): Promise<Response | undefined> => {
  const of = await owner();
  const kept = of === null ? undefined : await caches.match(key, { cacheName: kind + of });
  return isOld(kept) ? undefined : kept;
};

const dropOne = async (key: string) => {
  const of = await owner();
  if (of !== null) await (await caches.open(READ + of)).delete(key);
};

/** Learns from an answer who is signed in, though the answer itself is not kept. */
export const hear = (answer: Response, asked: number) =>
  inTurn(async () => asked === epoch && (await isForOwner(answer, true)));

export const keepAnswer = (key: string, answer: Response, asked: number) =>
  inTurn(async () => {
    if (asked !== epoch) return;
    if (!(await isForOwner(answer, true)) || !answer.ok) return dropOne(key);
    const body = await answer.arrayBuffer();
    await put(READ, key, answer, body, body.byteLength);
  });

export const keepPicture = (key: string, answer: Response, asked: number) =>
  inTurn(async () => {
    if (asked !== epoch || answer.status !== 200 || !(await isForOwner(answer, false))) return;
    const body = await answer.arrayBuffer();
    await put(PICTURES, key, answer, body, body.byteLength);
  });

/**
 * The data of a page. What the page still had from the one before is taken from there; false if that isn't kept, and
 * the whole has to be asked for.
 */
export const keepData = (key: string, answer: Response, asked: number, cameFrom?: string) =>
  inTurn(async (): Promise<boolean> => {
    if (asked !== epoch) return true;
    const isOwn = await isForOwner(answer, true);
    const data = isOwn && answer.ok ? dataOf(await answer.text()) : null;
    if (!data) {
      await dropOne(key);
      return true;
    }
    const before = cameFrom && dataOf((await (await lookUp(READ, cameFrom))?.text()) ?? '');
    const whole = wholeOf(before ? filled(data, before) : data);
    if (whole === null) return false;
    await put(READ, key, answer, whole, whole.length);
    return true;
  });

const shown = async (key: string) => {
  const kept = await lookUp(READ, key);
  if (!kept) return undefined;
  const text = await kept.text();
  const headers = new Headers(kept.headers);
  headers.set(SHOWN, 'yes');
  const cache = await caches.open(READ + (await owner()));
  await cache.put(key, new Response(text, { headers }));
  return new Response(text, { headers });
};

export const keptAnswer = (key: string) => inTurn(() => shown(key));
export const keptPicture = (key: string) => inTurn(() => lookUp(PICTURES, key));
export const hasKept = (key: string) => inTurn(async () => Boolean(await lookUp(READ, key)));

/** With a part for each that the page has asked for. */
export const keptData = (key: string, mask: string | null) =>
  inTurn(async () => {
    const kept = await shown(key);
    const data = kept && dataOf(await kept.text());
    return data && new Response(masked(data, mask), { headers: kept.headers });
  });

/** Whatever was shown without a line is asked for again with one. */
export const shownOffline = () =>
  inTurn(async () => {
    const of = await owner();
    if (of === null) return [];
    const cache = await caches.open(READ + of);
    const keys = await cache.keys();
    const answers = await Promise.all(keys.map((key) => cache.match(key)));
    return keys.filter((_, at) => answers[at]?.headers.has(SHOWN)).map(({ url }) => url);
  });
