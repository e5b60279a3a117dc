import { join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SiteSettings } from '@echomate/contracts/site.dto';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { notFound } from '../../platform/http/problem.js';
import { Images } from '../../platform/images/images.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { SiteService, type StoredLogo } from '../../platform/site/site.service.js';
import type { FileToAnswer } from '../../platform/storage/file-answer.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import type { Expected } from '../../platform/storage/receive-file.js';
import { profilePicture } from '../../platform/storage/received-file.js';
import { Scratch } from '../../platform/storage/scratch.js';
import { UsersService } from '../users/users.service.js';

const FIELD = 'file';
const MARK = { width: 480, height: 96 };
const SIDES = { icon: 192, 'large-icon': 512 };
const NAMES = ['mark', ...Object.keys(SIDES)];

const REMOVE = 'admin.remove-logo';
/** By then an upload is part of the site, or has failed. */
const UPLOADED_MINUTES = 60;

/** The picture of this site, which every visitor may see. */
@Injectable()
export class SiteLogoService implements OnModuleInit {
  constructor(
    private readonly site: SiteService,
    private readonly users: UsersService,
    private readonly images: Images,
    private readonly storage: FileStorage,
    private readonly scratch: Scratch,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ id: string }>(REMOVE, async ({ id }) => {
      if ((await this.site.logo())?.id !== id) await this.storage.removeFolder(folderOf(id));
    });
  }

  replace(
    userId: string,
    receive: (expected: Expected) => Promise<unknown>,
  ): Promise<SiteSettings> {
    return this.scratch.within(async (folder) => {
      const path = join(folder, 'upload');
      await receive({ ...profilePicture(FIELD), path });
      const { mark, width, height, squares } = await this.images.logo(path, FIELD, MARK, SIDES);
      const id = uuid();
      // Saved before the files: whatever happens, none of them stays for nothing.
      await this.database.transaction((transaction) =>
        this.jobs.enqueue(transaction, REMOVE, { id }, { afterMinutes: UPLOADED_MINUTES }),
      );
      for (const [name, bytes] of Object.entries({ mark, ...squares }))
        await this.storage.put(fileOf(id, name), bytes);
      return this.show(userId, { id, width, height });
    });
  }

  remove(userId: string): Promise<SiteSettings> {
    return this.show(userId, null);
  }

  async file(id: string, name: string): Promise<FileToAnswer> {
    if (!NAMES.includes(name) || (await this.site.logo())?.id !== id) throw notFound();
    return { name: fileOf(id, name), type: 'image/png', tag: `${id}-${name}` };
  }

  private show(userId: string, logo: StoredLogo | null): Promise<SiteSettings> {
    return this.database.transaction(async (transaction) => {
      await this.users.assertMay(transaction, userId, 'site.manage');
      await locks.site(transaction);
      const before = await this.site.logo(transaction);
      if (before) await this.jobs.enqueue(transaction, REMOVE, { id: before.id });
      return this.site.change(transaction, { logo });
    });
  }
}

const folderOf = (id: string) => `site/logo/${id}`;
const fileOf = (id: string, name: string) => `${folderOf(id)}/${name}.png`;
