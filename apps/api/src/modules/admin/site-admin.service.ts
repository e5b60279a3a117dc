import { Injectable } from '@nestjs/common';
import type { Site, SiteSettings, UpdateSiteRequest } from '@echomate/contracts/site.dto';
import { Database } from '../../platform/database/database.service.js';
import { SiteService } from '../../platform/site/site.service.js';
import { UsersService } from '../users/users.service.js';

@Injectable()
export class SiteAdminService {
  constructor(
    private readonly site: SiteService,
    private readonly users: UsersService,
    private readonly database: Database,
  ) {}

  async forVisitors(): Promise<Site> {
    const [{ isSetUp: _, ...settings }, isNew] = await Promise.all([
      this.site.settings(),
      this.users.isNew(),
    ]);
    return { ...settings, isNew };
  }

  settings(): Promise<SiteSettings> {
    return this.site.settings();
  }

  change(userId: string, changes: UpdateSiteRequest): Promise<SiteSettings> {
    return this.database.transaction(async (transaction) => {
      await this.users.assertMay(transaction, userId, 'site.manage');
      return this.site.change(transaction, changes);
    });
  }
}
