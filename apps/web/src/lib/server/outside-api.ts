import type {
  BeginOutsideLogin,
  ConnectLogin,
  OutsideFinished,
  RegisterFromOutside,
} from '@echomate/contracts/outside-logins.dto';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import type { Api } from './api.ts';
import { setFlash } from './flash.ts';
import { safePath } from './safe-path.ts';

/** None if they cannot be read: there are other ways to log in. */
export const readProviders = async (api: Api) => {
  const answer = await api.get('/auth/outside');
  return answer.ok ? answer.data.items : [];
};

export const beginOutside = (api: Api, name: string, body: BeginOutsideLogin) =>
  api.post('/auth/outside/providers/{name}/begin', { name, body });

export const finishOutside = (api: Api, name: string, query: string) =>
  api.post('/auth/outside/providers/{name}/finish', { name, body: { query } });

export const readUnfinished = (api: Api) => api.get('/auth/outside/unfinished');

export const connectOutside = (api: Api, body: ConnectLogin) =>
  api.post('/auth/outside/connect', { body });

export const registerFromOutside = (api: Api, body: RegisterFromOutside) =>
  api.post('/auth/outside/register', { body });

export const listConnected = (api: Api) => api.get('/auth/outside/connected');

export const disconnectLogin = (api: Api, id: string, password: string) =>
  api.post('/auth/outside/connected/{id}/disconnect', { id, body: { password } });

/** Where the browser goes on, always to a page of ours. */
export const goOn = (event: RequestEvent, { next, path, isBack }: OutsideFinished): never => {
  if (isBack) setFlash(event, 'back');
  if (next === 'connect') redirect(303, resolve('/(public)/login/connect'));
  if (next === 'register') redirect(303, resolve('/(public)/register/finish'));
  if (next === 'application') redirect(303, resolve('/(public)/register/waiting'));
  if (next === 'settings') redirect(303, resolve('/(app)/settings/logins'));
  redirect(303, isBack ? '/' : safePath(path));
};
