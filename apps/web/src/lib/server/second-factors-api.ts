import type {
  ConfirmAppRequest,
  FreshProof,
  SecondStepRequest,
} from '@echomate/contracts/second-factors.dto';
import type { Api } from './api.ts';
import { textOf } from './forms.ts';

export const readTwoStep = (api: Api) => api.get('/auth/two-step');

export const beginApp = (api: Api, body: FreshProof) => api.post('/auth/two-step/app', { body });

export const confirmApp = (api: Api, body: ConfirmAppRequest) =>
  api.put('/auth/two-step/app', { body });

export const turnOnWithPasskeys = (api: Api, body: FreshProof) =>
  api.post('/auth/two-step/passkeys', { body });

export const makeCodes = (api: Api, body: FreshProof) =>
  api.post('/auth/two-step/recovery-codes', { body });

export const turnOffTwoStep = (api: Api, body: FreshProof) =>
  api.post('/auth/two-step/off', { body });

export const listPasskeys = (api: Api) => api.get('/auth/passkeys');

export const renamePasskey = (api: Api, id: string, name: string) =>
  api.patch('/auth/passkeys/{id}', { id, body: { name } });

export const removePasskey = (api: Api, id: string, body: FreshProof) =>
  api.post('/auth/passkeys/{id}/removal', { id, body });

export const readSecondStep = (api: Api) => api.get('/auth/second-factor');

export const takeSecondStep = (api: Api, body: SecondStepRequest) =>
  api.post('/auth/second-factor', { body });

/** What a form proves: scripts put the answer of a passkey into a hidden field. */
export const proofOf = (form: FormData): FreshProof => {
  const passkey = textOf(form, 'passkey');
  if (!passkey) return { password: textOf(form, 'password') };
  try {
    return { passkey: JSON.parse(passkey) as NonNullable<FreshProof['passkey']> };
  } catch {
    return {};
  }
};
