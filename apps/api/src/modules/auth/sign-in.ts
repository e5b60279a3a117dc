import { promisify } from 'node:util';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { v7 as uuid } from 'uuid';
import type { Proof } from './auth.service.js';
import { deviceName } from './device-name.js';

/** Starts a session under a secret that nobody has seen before, whatever the request brought along. */
export async function signIn(request: Request, proof: Proof): Promise<string> {
  await promisify(request.session.regenerate.bind(request.session))();
  const device = deviceName(request.headers['user-agent']);
  return start(request, { ...proof, sessionId: uuid(), device });
}

/** Lets the session go on under a new secret: whoever had the old one is out. */
export async function renewSession(request: Request, proof: Proof): Promise<void> {
  const { sessionId, device } = request.session as SessionData;
  request.sessionStore.generate(request);
  await start(request, { ...proof, sessionId, device, isRenewed: true });
}

async function start(
  request: Request,
  values: Proof & { sessionId: string; device: string; isRenewed?: boolean },
): Promise<string> {
  Object.assign(request.session, values);
  try {
    await promisify(request.session.save.bind(request.session))();
  } catch (error) {
    // Otherwise its cookie would be set though there is no session behind it.
    await promisify(request.session.destroy.bind(request.session))();
    throw error;
  }
  return values.sessionId;
}
