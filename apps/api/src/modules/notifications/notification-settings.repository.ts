import { Injectable } from '@nestjs/common';
import {
  NOTIFICATION_TOPICS,
  type NotificationChannel,
  type NotificationChoice as Choice,
  type NotificationTopic,
} from '@echomate/contracts/notifications.dto';
import { Database } from '../../platform/database/database.service.js';
import {
  anyOf,
  join,
  sql,
  type Reader,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import {
  NotificationChoice,
  NotificationSettings,
} from './entities/notification-settings.entity.js';
import { isOnByDefault } from './notification-topics.js';

export type Settings = Omit<NotificationSettings, 'userId'>;

/** Before anybody changes them. */
export const DEFAULT_SETTINGS: Settings = {
  zone: null,
  quietFrom: null,
  quietTo: null,
  digestHour: 8,
};
export const DEFAULT_ZONE = 'UTC';

const chosen = (person: Sql, topic: Sql, channel: NotificationChannel): Sql => sql`(
  SELECT q.is_on FROM notification_choices q
  WHERE q.user_id = ${person} AND q.topic = ${topic} AND q.channel = ${channel})`;

/** Whether a person wants to be told of a topic by a channel. What is off in the app comes by no other. */
export const wants = (person: Sql, topic: Sql, channel: NotificationChannel): Sql => {
  const inApp = sql`COALESCE(${chosen(person, topic, 'app')}, true)`;
  if (channel === 'app') return inApp;
  const byDefault = sql`${topic} IN (${join(NOTIFICATION_TOPICS.filter((one) => isOnByDefault(one, channel)))})`;
  return sql`(${inApp} AND COALESCE(${chosen(person, topic, channel)}, ${byDefault}))`;
};

@Injectable()
export class NotificationSettingsRepository {
  constructor(private readonly database: Database) {}

  async findChoices(userId: string, reader: Reader = this.database): Promise<Choice[]> {
    const rows = await reader.many<Choice>(sql`
      SELECT topic, channel, is_on AS "isOn" FROM notification_choices WHERE user_id = ${userId}
      ORDER BY topic, channel`);
    return rows.map(({ topic, channel, isOn }) => ({ topic, channel, isOn: Boolean(isOn) }));
  }

  /** With the lock of the person's notifications. */
  async saveChoices(transaction: Transaction, userId: string, choices: Choice[]): Promise<void> {
    for (const { topic, channel, isOn } of choices) {
      const choice = { userId, topic, channel };
      const changed = await transaction.update(NotificationChoice, choice, { isOn });
      if (!changed) await transaction.insert(NotificationChoice, { ...choice, isOn });
    }
  }

  find(userId: string, reader: Reader = this.database): Promise<Settings | null> {
    return reader.one(sql`
      SELECT zone, quiet_from AS "quietFrom", quiet_to AS "quietTo", digest_hour AS "digestHour"
      FROM notification_settings WHERE user_id = ${userId}`);
  }

  /** With the lock of the person's notifications. */
  async save(transaction: Transaction, userId: string, settings: Settings): Promise<void> {
    const changed = await transaction.update(NotificationSettings, { userId }, settings);
    if (!changed) await transaction.insert(NotificationSettings, { userId, ...settings });
  }

  async findWanting(
    reader: Reader,
    userIds: string[],
    topic: NotificationTopic,
    channel: NotificationChannel,
  ): Promise<string[]> {
    return reader.ids(sql`
      SELECT u.id FROM users u
      WHERE u.id IN (${anyOf(userIds)}) AND ${wants(sql`u.id`, sql`${topic}`, channel)}`);
  }

  async *choicesOf(userId: string): AsyncGenerator<object> {
    yield* await this.findChoices(userId);
  }

  async *settingsOf(userId: string): AsyncGenerator<object> {
    const settings = await this.find(userId);
    if (settings) yield settings;
  }
}
