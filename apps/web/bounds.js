const KB = 1024;
const MB = 1024 * KB;

/** Held in memory until their end, so they are small, few and quick. */
const FORM = {
  maxBytes: 512 * KB,
  perNetwork: { bytes: 4 * MB, bodies: 100 },
  inAll: { bytes: 16 * MB, bodies: 1000 },
  pace: { silenceMs: 15_000, wholeMs: 30_000, graceMs: 30_000, bytesPerSecond: 0 },
};

/** A form with a picture of the largest accepted size; the api has the last word. */
const PICTURE_FORM = {
  maxBytes: 11 * MB,
  perNetwork: { bytes: 24 * MB, bodies: 8 },
  inAll: { bytes: 44 * MB, bodies: 40 },
  pace: { silenceMs: 15_000, wholeMs: 10 * 60_000, graceMs: 20_000, bytesPerSecond: 32 * KB },
};

/** What is passed on is not held; these leave the larger part of the connections to the api for reads. */
const PASSED_ON = {
  maxBytes: Infinity,
  perNetwork: { bytes: Infinity, bodies: 100 },
  inAll: { bytes: Infinity, bodies: 400 },
  pace: FORM.pace,
};
const FILE_PASSED_ON = {
  maxBytes: Infinity,
  perNetwork: { bytes: Infinity, bodies: 40 },
  inAll: { bytes: Infinity, bodies: 300 },
  // The largest film over a line of 1 Mbit/s takes 28 minutes.
  pace: { silenceMs: 15_000, wholeMs: 40 * 60_000, graceMs: 30_000, bytesPerSecond: 4 * KB },
};
export const MOST_TO_API = 1200;

const TAKES_PICTURE = /^\/(register|settings\/profile)\/?(?=\?|$)/;

/** SvelteKit reads bodies up to this length; most are refused earlier, by `kindOf`. */
export const LARGEST_FORM_BYTES = PICTURE_FORM.maxBytes;

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {boolean} isForApi
 */
export const kindOf = ({ url = '/', headers }, isForApi) => {
  if (isForApi)
    return headers['content-type']?.startsWith('multipart/') ? FILE_PASSED_ON : PASSED_ON;
  const mayBeLarge = !(Number(headers['content-length']) <= FORM.maxBytes);
  return mayBeLarge && TAKES_PICTURE.test(url) ? PICTURE_FORM : FORM;
};

export const CONNECTIONS = {
  perNetwork: 500,
  inAll: 8000,
  headersMs: 15_000,
  // Past the slowest body that is let through.
  requestMs: 45 * 60_000,
  idleMs: 5000,
};
