import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PresenceSetting } from '@echomate/contracts/chat.dto';
import { Access } from '../../access/access.service.js';
import { Database } from '../../platform/database/database.service.js';
import { Presence } from '../../platform/realtime/presence.js';
import { Realtime } from '../../platform/realtime/realtime.service.js';
import { ConversationsRepository } from './conversations.repository.js';
import { PresenceSettingsRepository } from './presence-settings.repository.js';

/** So many of those with whom somebody has written last are told. */
const PARTNERS_TOLD = 200;

/** Who is online, for those who may know. */
@Injectable()
export class PresenceService implements OnModuleInit {
  constructor(
    private readonly settings: PresenceSettingsRepository,
    private readonly conversations: ConversationsRepository,
    private readonly presence: Presence,
    private readonly realtime: Realtime,
    private readonly access: Access,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.realtime.onPresence(async (userId, isOnline) => {
      this.tell(await this.whoMayKnow(userId), userId, isOnline);
    });
  }

  /** Those of these people about whom the viewer may know. */
  async of(viewerId: string, userIds: string[]): Promise<Map<string, boolean>> {
    const known = await this.access.visible(viewerId, 'presence', userIds);
    const online = await this.presence.online([...known]);
    return new Map([...known].map((id) => [id, online.has(id)]));
  }

  async setting(viewerId: string): Promise<PresenceSetting> {
    return { isVisible: await this.settings.isVisible(viewerId) };
  }

  async set(viewerId: string, { isVisible }: PresenceSetting): Promise<PresenceSetting> {
    const before = await this.whoMayKnow(viewerId);
    await this.database.transaction((transaction) =>
      this.settings.set(transaction, viewerId, isVisible),
    );
    if (isVisible) {
      const isOnline = (await this.presence.online([viewerId])).has(viewerId);
      this.tell(await this.whoMayKnow(viewerId), viewerId, isOnline);
    } else this.tell(before, viewerId, false);
    return { isVisible };
  }

  private async whoMayKnow(userId: string): Promise<Set<string>> {
    const partners = await this.conversations.findPartners(userId, PARTNERS_TOLD);
    const online = await this.presence.online(partners);
    return this.access.audience('presence', userId, [...online]);
  }

  private tell(userIds: Set<string>, userId: string, isOnline: boolean): void {
    this.realtime.push(userIds, 'presence.changed', { userId, isOnline });
  }
}
