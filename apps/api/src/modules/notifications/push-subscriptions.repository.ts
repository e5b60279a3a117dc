import { Injectable } from '@nestjs/common';
import type { PushDevice } from '@echomate/contracts/notifications.dto';
import { Database } from '../../platform/database/database.service.js';
import { anyOf, sql, type Transaction } from '../../platform/database/statements.js';
import { hashOf } from '../../platform/secrets/secrets.js';
import { PushKeys, PushSubscription } from './entities/push.entity.js';

export type Target = Pick<PushSubscription, 'userId' | 'endpoint' | 'p256dh' | 'auth'>;
export type NewSubscription = Omit<PushSubscription, 'endpointHash'>;

/** Subscriptions of sessions that are still open; those of the others go with them. */
@Injectable()
export class PushSubscriptionsRepository {
  constructor(private readonly database: Database) {}

  findKeys(reader: Pick<Transaction, 'one'> = this.database): Promise<PushKeys | null> {
    return reader.one(sql`
      SELECT public_key AS "publicKey", private_key AS "privateKey" FROM push_keys
      ORDER BY created_at LIMIT 1`);
  }

  async insertKeys(transaction: Transaction, keys: PushKeys): Promise<void> {
    await transaction.insert(PushKeys, keys);
  }

  /** Newest first. */
  async findDevices(userId: string, currentId: string, now: string): Promise<PushDevice[]> {
    const rows = await this.database.many<Omit<PushDevice, 'isCurrent'>>(sql`
      SELECT p.session_id AS id, s.device, p.created_at AS "addedAt"
      FROM push_subscriptions p JOIN sessions s ON s.id = p.session_id
      WHERE p.user_id = ${userId} AND s.expires_at > ${now} ORDER BY p.created_at DESC`);
    return rows.map(({ id, device, addedAt }) => ({
      id,
      device,
      addedAt,
      isCurrent: id === currentId,
    }));
  }

  find(sessionId: string, now: string): Promise<Target | null> {
    return this.database.one(sql`
      SELECT p.user_id AS "userId", p.endpoint, p.p256dh, p.auth
      FROM push_subscriptions p JOIN sessions s ON s.id = p.session_id
      WHERE p.session_id = ${sessionId} AND s.expires_at > ${now}`);
  }

  /** By the sessions in which these people get pushes. */
  async findSessionsOf(
    transaction: Transaction,
    userIds: string[],
  ): Promise<Map<string, string[]>> {
    const rows = await transaction.many<{ id: string; userId: string }>(sql`
      SELECT p.session_id AS id, p.user_id AS "userId" FROM push_subscriptions p
      WHERE p.user_id IN (${anyOf(userIds)})`);
    const of = Map.groupBy(rows, ({ userId }) => userId);
    return new Map([...of].map(([userId, some]) => [userId, some.map(({ id }) => id)]));
  }

  /** A browser has one subscription, whoever was logged in there before. */
  async replace(transaction: Transaction, subscription: NewSubscription): Promise<void> {
    const endpointHash = hashOf(subscription.endpoint);
    await transaction.run(sql`
      DELETE FROM push_subscriptions
      WHERE session_id = ${subscription.sessionId} OR endpoint_hash = ${endpointHash}`);
    await transaction.insert(PushSubscription, { ...subscription, endpointHash });
  }

  async deleteAllButNewest(transaction: Transaction, userId: string, kept: number): Promise<void> {
    await transaction.run(sql`
      DELETE FROM push_subscriptions WHERE user_id = ${userId} AND session_id NOT IN (
        SELECT newest.session_id FROM push_subscriptions newest
        WHERE newest.user_id = ${userId} ORDER BY newest.created_at DESC LIMIT ${kept})`);
  }

  async deleteOf(transaction: Transaction, userId: string, sessionId: string): Promise<boolean> {
    return (await transaction.delete(PushSubscription, { userId, sessionId })) === 1;
  }

  /** The push service no longer knows it; a newer one of the same session stays. */
  async deleteGone(transaction: Transaction, sessionId: string, endpoint: string): Promise<void> {
    await transaction.delete(PushSubscription, { sessionId, endpoint });
  }

  async *devicesOf(userId: string): AsyncGenerator<object> {
    const devices = await this.findDevices(userId, '', new Date().toISOString());
    for (const { device, addedAt } of devices) yield { device, addedAt };
  }
}
