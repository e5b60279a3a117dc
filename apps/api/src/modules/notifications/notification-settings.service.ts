import { Injectable } from '@nestjs/common';
import type {
  NotificationPreferences,
  NotificationPreferencesRequest,
} from '@echomate/contracts/notifications.dto';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { invalidField } from '../../platform/http/problem.js';
import { DigestsService } from './digests.service.js';
import {
  DEFAULT_SETTINGS,
  NotificationSettingsRepository,
  type Settings,
} from './notification-settings.repository.js';
import { ALL_CHOICES, canChoose } from './notification-topics.js';

/** What somebody wants to be told, by which channel, and when. */
@Injectable()
export class NotificationSettingsService {
  constructor(
    private readonly repository: NotificationSettingsRepository,
    private readonly digests: DigestsService,
    private readonly database: Database,
  ) {}

  async find(userId: string): Promise<NotificationPreferences> {
    const [chosen, settings] = await Promise.all([
      this.repository.findChoices(userId),
      this.repository.find(userId),
    ]);
    const own = new Map(chosen.map(({ topic, channel, isOn }) => [`${topic} ${channel}`, isOn]));
    return {
      choices: ALL_CHOICES.map(({ topic, channel, isOn }) => ({
        topic,
        channel,
        isOn: own.get(`${topic} ${channel}`) ?? isOn,
      })),
      ...(settings ?? DEFAULT_SETTINGS),
    };
  }

  async save(
    userId: string,
    { choices = [], ...changes }: NotificationPreferencesRequest,
  ): Promise<NotificationPreferences> {
    for (const { topic, channel } of choices)
      if (!canChoose(topic, channel))
        throw invalidField('choices', 'invalid-choice', { choices: 'push' });
    await this.database.transaction(async (transaction) => {
      await locks.notifications(transaction, [userId]);
      await this.repository.saveChoices(transaction, userId, choices);
      const before = (await this.repository.find(userId, transaction)) ?? DEFAULT_SETTINGS;
      const after: Settings = { ...before, ...definedIn(changes) };
      assertQuietHours(after);
      await this.repository.save(transaction, userId, after);
      if (after.zone !== before.zone || after.digestHour !== before.digestHour)
        await this.digests.replan(transaction, userId);
    });
    return this.find(userId);
  }
}

function assertQuietHours({ quietFrom, quietTo }: Settings): void {
  if ((quietFrom === null) !== (quietTo === null))
    throw invalidField(quietFrom === null ? 'quietFrom' : 'quietTo', 'required');
  if (quietFrom !== null && quietFrom === quietTo) throw invalidField('quietTo', 'same-time');
}

const definedIn = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: Exclude<Values[Name], undefined>;
  };
