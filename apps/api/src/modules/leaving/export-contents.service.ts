import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { PersonalDataRegistry, type Exported } from '../../platform/personal-data/personal-data.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import type { ZipEntry } from '../../platform/storage/zip.js';
import { MediaService } from '../media/media.service.js';
import { UsersService } from '../users/users.service.js';
import { indexPage, tablePage, type TableOnPage } from './export-pages.js';
import { EXPORT_SCHEMA } from './export-schema.js';

type Count = (kind: 'items' | 'files') => Promise<void>;

/** So many are written before others have their turn. */
const ITEMS_AT_ONCE = 20;

/**
 * What is in an archive, one entry after the other, each read while it is written. Everything comes from what the modules
 * have registered, as the person themselves sees it now.
 */
@Injectable()
export class ExportContents {
  constructor(
    private readonly registry: PersonalDataRegistry,
    private readonly media: MediaService,
    private readonly users: UsersService,
    private readonly storage: FileStorage,
    private readonly config: Config,
  ) {}

  async *of(
    userId: string,
    exportId: string,
    signal: AbortSignal,
    count: Count,
  ): AsyncGenerator<ZipEntry> {
    const { handle, firstName, lastName } = await this.users.ownProfile(userId);
    const parts: TableOnPage[] = [];
    for (const { module, tables } of this.registry.all)
      for (const [table, exported] of Object.entries(tables)) {
        if (typeof exported === 'string') continue;
        const part: TableOnPage = { module, table, items: 0 };
        const counted = async () => {
          signal.throwIfAborted();
          part.items += 1;
          await count('items');
        };
        yield { path: `data/${table}.json`, content: jsonOf(exported, userId, counted) };
        // What is read a second time may have changed meanwhile: the page is for reading, the JSON is what counts.
        yield {
          path: `pages/${table}.html`,
          content: Readable.from(
            tablePage(
              table,
              paced(exported(userId), async () => signal.throwIfAborted()),
            ),
          ),
        };
        if (part.items) parts.push(part);
      }
    let files = 0;
    for await (const { id, name, extension } of this.media.filesOf(userId)) {
      signal.throwIfAborted();
      const file = await this.storage.read(name);
      if (!file) continue;
      files += 1;
      await count('files');
      yield { path: `media/${id}.${extension}`, content: file.stream, isCompressed: true };
    }
    const about = {
      format: 'echomate-export',
      version: 1,
      id: exportId,
      origin: this.config.publicUrl.origin,
      person: { id: userId, handle, firstName, lastName },
      createdAt: new Date().toISOString(),
      parts: parts.map(({ module, table, items }) => ({
        file: `data/${table}.json`,
        module,
        items,
      })),
      files,
    };
    yield { path: 'export.json', content: Readable.from([JSON.stringify(about, null, 2)]) };
    yield { path: 'schema.json', content: Readable.from([JSON.stringify(EXPORT_SCHEMA, null, 2)]) };
    yield { path: 'index.html', content: Readable.from([indexPage(about.person, parts, files)]) };
  }
}

/** Gives way between portions. */
async function* paced<Item>(items: AsyncIterable<Item>, each: () => Promise<void>) {
  let count = 0;
  for await (const item of items) {
    await each();
    if (++count % ITEMS_AT_ONCE === 0) await nextTurn();
    yield item;
  }
}

const jsonOf = (
  exported: Exclude<Exported, string>,
  userId: string,
  counted: () => Promise<void>,
): Readable =>
  Readable.from(
    (async function* () {
      let before = '[';
      for await (const item of paced(exported(userId), counted)) {
        yield `${before}\n${JSON.stringify(item)}`;
        before = ',';
      }
      yield before === '[' ? '[]\n' : '\n]\n';
    })(),
  );
