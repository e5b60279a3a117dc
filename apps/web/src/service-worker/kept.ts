import { version } from '$app/env';
import { NOBODY, VIEWER_HEADER } from '@echomate/contracts/viewer-header';

/**
 * What one signed-in person has opened, for when there is no line. Each answer says for whom it is, in a header that
 * only our servers set. There is never more than one person's, and it goes with their session (decision 51).
 */
const KEPT = 'echomate-kept:';
/** Pages of another version may not understand it. */
const OF_VERSION = `${KEPT}${version}:`;
const KEPT_AT = 'x-kept-at';
const KEPT_FOR_MS = 7 * 24 * 3600_000;
const MOST = 150;
const LONGEST = 400_000;

/** Grows when something is forgotten: an answer that was asked for before is not kept any more. */
let epoch = 0;
export const now = () => epoch;

/** One after the other, so that nothing is kept while it is being forgotten. */
let last: Promise<unknown> = Promise.resolve();
const inTurn = <Result>(job: () => Promise<Result>): Promise<Result> => {
  const turn = last.then(job);
  last = turn.catch(() => undefined);
  return turn;
};

const names = async () => (await caches.keys()).filter((name) => name.startsWith(KEPT));

const own = async () => {
  const name = (await names()).find((one) => one.startsWith(OF_VERSION));
  return name === undefined ? null : caches.open(name);
};

export const forget = () => {
  epoch++;
  return inTurn(async () => void (await Promise.all((await names()).map((n) => caches.delete(n)))));
};

/** Where answers for this viewer are kept; null for nobody. What is another's is dropped. */
const placeOf = async (viewer: string) => {
  const name = OF_VERSION + viewer;
  const others = (await names()).filter((one) => one !== name);
  if (others.length > 0) epoch++;
  await Promise.all(others.map((one) => caches.delete(one)));
  return viewer === NOBODY ? null : caches.open(name);
};

/** Learns from an answer who is signed in; true if it is somebody. */
export const hear = ({ headers }: Response, asked: number) =>
  inTurn(async () => {
    const viewer = headers.get(VIEWER_HEADER);
    return viewer !== null && asked === epoch && (await placeOf(viewer)) !== null;
  });

/** Null instead of a text drops what was kept. */
export const keep = (key: string, answer: Response, text: string | null, asked: number) =>
  inTurn(async () => {
    const viewer = answer.headers.get(VIEWER_HEADER);
    if (viewer === null || asked !== epoch) return;
    const place = await placeOf(viewer);
    // Too many requests, or an error of ours, say nothing about what was there.
    if (!place || answer.status === 429 || answer.status >= 500) return;
    // Put anew, it is the last again.
    await place.delete(key);
    if (!answer.ok || text === null || text.length > LONGEST) return;
    const headers = { 'content-type': 'application/json', [KEPT_AT]: String(Date.now()) };
    await place.put(key, new Response(text, { headers }));
    const keys = await place.keys();
    for (const [at, one] of keys.entries()) {
      if (at >= keys.length - MOST && !isOld(await place.match(one))) return;
      await place.delete(one);
    }
  });

const isOld = (kept: Response | undefined) =>
  Date.now() - Number(kept?.headers.get(KEPT_AT) ?? 0) > KEPT_FOR_MS;

export const kept = (key: string) =>
  inTurn(async () => {
    const answer = await (await own())?.match(key);
    return answer && !isOld(answer) ? answer.text() : null;
  });
