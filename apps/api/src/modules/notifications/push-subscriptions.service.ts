import { createECDH } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PushState, PushSubscriptionRequest } from '@echomate/contracts/notifications.dto';
import { Database } from '../../platform/database/database.service.js';
import { isReferenceToDeleted } from '../../platform/database/dialect.js';
import { locks } from '../../platform/database/locks.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { Outgoing } from '../../platform/outgoing/outgoing.js';
import type { PushKeys } from './entities/push.entity.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';

/** Of one person; a newer one replaces the oldest. */
const MOST_DEVICES = 20;

/** Which browsers get pushes: at most one for each session, and no longer than it. */
@Injectable()
export class PushSubscriptionsService {
  private keysMade: Promise<PushKeys> | null = null;

  constructor(
    private readonly repository: PushSubscriptionsRepository,
    private readonly outgoing: Outgoing,
    private readonly database: Database,
  ) {}

  async state({ userId, sessionId }: RequestViewer): Promise<PushState> {
    const [{ publicKey }, devices] = await Promise.all([
      this.keys(),
      this.repository.findDevices(userId, sessionId, new Date().toISOString()),
    ]);
    return { publicKey, devices };
  }

  async add(
    { userId, sessionId }: RequestViewer,
    { endpoint, keys: { p256dh, auth } }: PushSubscriptionRequest,
  ): Promise<void> {
    if (!this.outgoing.mayAsk(endpoint)) throw invalidField('endpoint', 'not-a-push-address');
    if (!isPublicKey(p256dh)) throw invalidField('keys.p256dh', 'not-a-push-address');
    const createdAt = new Date().toISOString();
    try {
      await this.database.transaction(async (transaction) => {
        await locks.notifications(transaction, [userId]);
        await this.repository.replace(transaction, {
          sessionId,
          userId,
          endpoint,
          p256dh,
          auth,
          createdAt,
        });
        await this.repository.deleteAllButNewest(transaction, userId, MOST_DEVICES);
      });
    } catch (error) {
      if (isReferenceToDeleted(error)) throw refuse('not-signed-in');
      throw error;
    }
  }

  async remove(userId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      if (!(await this.repository.deleteOf(transaction, userId, id))) throw notFound();
    });
  }

  /** Made once for the installation: all subscriptions depend on them. */
  keys(): Promise<PushKeys> {
    this.keysMade ??= this.findOrMake().catch((error: unknown) => {
      this.keysMade = null;
      throw error;
    });
    return this.keysMade;
  }

  private async findOrMake(): Promise<PushKeys> {
    const kept = await this.repository.findKeys();
    if (kept) return kept;
    return this.database.transaction(async (transaction) => {
      await locks.pushKeys(transaction);
      const others = await this.repository.findKeys(transaction);
      if (others) return others;
      const { default: webPush } = await import('web-push');
      const keys = { ...webPush.generateVAPIDKeys(), createdAt: new Date().toISOString() };
      await this.repository.insertKeys(transaction, keys);
      return keys;
    });
  }
}

/** Whether it is a point of the curve that payloads are encrypted with. */
function isPublicKey(text: string): boolean {
  const own = createECDH('prime256v1');
  own.generateKeys();
  try {
    own.computeSecret(Buffer.from(text, 'base64url'));
    return true;
  } catch {
    return false;
  }
}
