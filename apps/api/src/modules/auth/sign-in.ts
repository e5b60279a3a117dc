import { promisify } from 'node:util';
import type { Request } from 'express';
import { v7 as uuid } from 'uuid';
import { deviceName } from './device-name.js';

/** Starts a session under a secret that nobody has seen before, whatever the request brought along. */
export async function signIn(request: Request, userId: string): Promise<string> {
  await promisify(request.session.regenerate.bind(request.session))();
  request.session.sessionId = uuid();
  request.session.userId = userId;
  request.session.device = deviceName(request.headers['user-agent']);
  await promisify(request.session.save.bind(request.session))();
  return request.session.sessionId;
}
