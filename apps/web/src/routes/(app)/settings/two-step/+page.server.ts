import { fail, type RequestEvent } from '@sveltejs/kit';
import { encode } from 'uqr';
import type { ApiRefusal } from '#lib/api-answer.ts';
import { refuse, stopAt, textOf, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import {
  beginApp,
  confirmApp,
  makeCodes,
  proofOf,
  readTwoStep,
  turnOffTwoStep,
  turnOnWithPasskeys,
} from '#lib/server/second-factors-api.ts';
import type { Actions, PageServerLoad } from './$types';

type At = 'begin' | 'confirm' | 'passkeys' | 'codes' | 'off';
type Setup = Record<'setup' | 'secret' | 'uri', string>;

export const load: PageServerLoad = async (event) => {
  const answer = await readTwoStep(event.locals.api);
  if (!answer.ok) return stopAt(event, answer);
  return { twoStep: answer.data, now: new Date().toISOString() };
};

export const actions: Actions = {
  begin: async (event) => {
    const answer = await beginApp(event.locals.api, proofOf(await event.request.formData()));
    return answer.ok ? { setup: drawn(answer.data) } : refused(event, answer, 'begin');
  },
  /** The page gives back what it was given, so that a wrong code can be corrected. */
  confirm: async (event) => {
    const form = await event.request.formData();
    const setup = textsOf(form, ['setup', 'secret', 'uri']);
    const code = textOf(form, 'code');
    const answer = await confirmApp(event.locals.api, { setup: setup.setup, code });
    if (answer.ok) return { codes: answer.data.codes, isOn: true as const };
    return refused(event, answer, 'confirm', setup);
  },
  passkeys: async (event) => {
    const proof = proofOf(await event.request.formData());
    const answer = await turnOnWithPasskeys(event.locals.api, proof);
    if (answer.ok) return { codes: answer.data.codes, isOn: true as const };
    return refused(event, answer, 'passkeys');
  },
  codes: async (event) => {
    const answer = await makeCodes(event.locals.api, proofOf(await event.request.formData()));
    return answer.ok ? { codes: answer.data.codes } : refused(event, answer, 'codes');
  },
  off: async (event) => {
    const answer = await turnOffTwoStep(event.locals.api, proofOf(await event.request.formData()));
    return answer.ok ? { isOff: true as const } : refused(event, answer, 'off');
  },
};

const refused = (event: RequestEvent, answer: ApiRefusal, at: At, setup?: Setup) => {
  toLoginIfSignedOut(event, answer);
  const { status, data } = refuse(answer, {}, ['password', 'code']);
  return fail(status, { ...data, at, ...(setup && { setup: drawn(setup) }) });
};

const BORDER = 4;

/** The QR code, as one path of squares. */
const drawn = ({ setup, secret, uri }: Setup) => {
  const { data, size } = encode(uri.slice(0, 1000), { border: BORDER });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { setup, secret, uri, qr: { size, path } };
};
