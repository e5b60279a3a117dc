import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import type { ArchiveFault } from '@echomate/contracts/importing.dto';
import type { FileStorage } from './file-storage.js';

/** Why an archive is not trusted, and in which of its files that shows. */
export class ArchiveRefused extends Error {
  constructor(
    readonly fault: ArchiveFault,
    readonly file: string | null = null,
    options?: ErrorOptions,
  ) {
    super(file === null ? fault : `${fault}: ${file}`, options);
  }
}

export interface ArchiveBounds {
  maxEntries: number;
  /** Of everything that is read of it, unpacked */
  maxUnpacked: number;
}

const BLOCK = 256 * 1024;
const FILE_TYPE = 0o170000;
const ORDINARY = [0, 0o100000, 0o040000];
const STORED = 0;
const DEFLATED = 8;

/** A stored file, read where the archive needs it; its directory in blocks instead of a few bytes at a time. */
class StoredFile extends RandomAccessReader {
  private block: { at: number; bytes: Buffer } | null = null;

  constructor(
    private readonly storage: FileStorage,
    private readonly name: string,
    private readonly size: number,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const through = new PassThrough();
    if (end > start) void this.pass(start, end, through);
    else through.end();
    return through;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.bytes(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset);
        callback(null);
      },
      (error: unknown) => callback(error as Error),
    );
  }

  private async pass(start: number, end: number, through: PassThrough): Promise<void> {
    try {
      const file = await this.storage.read(this.name, { first: start, last: end - 1 });
      if (!file) throw new Error(`${this.name} is gone`);
      await pipeline(file.stream, through);
    } catch (error) {
      through.destroy(error as Error);
    }
  }

  private async bytes(position: number, length: number): Promise<Buffer> {
    const { block } = this;
    if (!block || position < block.at || position + length > block.at + block.bytes.length) {
      const last = Math.min(this.size, position + Math.max(BLOCK, length)) - 1;
      const file = await this.storage.read(this.name, { first: position, last });
      if (!file) throw new Error(`${this.name} is gone`);
      this.block = { at: position, bytes: Buffer.concat(await file.stream.toArray()) };
    }
    const from = position - this.block!.at;
    const bytes = this.block!.bytes.subarray(from, from + length);
    if (bytes.length < length) throw new Error('The archive ends too early');
    return bytes;
  }
}

/**
 * A ZIP archive that somebody else has packed. Nothing in it is unpacked to where its names lead: callers read what they
 * know by its name, and say how large it may be. What an entry says of its own size is never believed.
 */
export class Archive {
  private unpacked = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: Map<string, Entry>,
    private readonly maxUnpacked: number,
  ) {}

  static async open(storage: FileStorage, name: string, bounds: ArchiveBounds): Promise<Archive> {
    const size = await storage.sizeOf(name);
    if (size === null) throw new Error(`${name} is gone`);
    let zip: ZipFile;
    try {
      zip = await fromRandomAccessReaderPromise(new StoredFile(storage, name, size), size, {
        strictFileNames: true,
        autoClose: false,
      });
    } catch (error) {
      throw new ArchiveRefused('not-an-archive', null, { cause: error });
    }
    if (zip.entryCount > bounds.maxEntries) throw new ArchiveRefused('archive-too-large');
    return new Archive(zip, await entriesOf(zip, bounds), bounds.maxUnpacked);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Fails as soon as it turns out larger than that, or than all of the archive may be. */
  async *read(name: string, maxBytes: number): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) throw new ArchiveRefused('archive-broken', name);
    let bytes = 0;
    try {
      for await (const part of await this.zip.openReadStreamPromise(entry)) {
        bytes += (part as Buffer).length;
        this.unpacked += (part as Buffer).length;
        if (bytes > maxBytes || this.unpacked > this.maxUnpacked)
          throw new ArchiveRefused('archive-too-large', name);
        yield part as Buffer;
      }
    } catch (error) {
      if (error instanceof ArchiveRefused) throw error;
      throw new ArchiveRefused('archive-broken', name, { cause: error });
    }
  }
}

async function entriesOf(zip: ZipFile, { maxEntries }: ArchiveBounds) {
  const entries = new Map<string, Entry>();
  const names = new Set<string>();
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName } = entry;
      if (entries.size >= maxEntries) throw new ArchiveRefused('archive-too-large');
      const mode = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
      const isPlain =
        ORDINARY.includes(mode) &&
        !entry.isEncrypted() &&
        [STORED, DEFLATED].includes(entry.compressionMethod);
      // Some disks take names that differ in case for one.
      const name = fileName.normalize('NFC').toLowerCase();
      if (!isPlain || names.has(name)) throw new ArchiveRefused('archive-unsafe', fileName);
      names.add(name);
      entries.set(fileName, entry);
    }
  } catch (error) {
    if (error instanceof ArchiveRefused) throw error;
    const isName = /path|fileName/.test((error as Error).message);
    throw new ArchiveRefused(isName ? 'archive-unsafe' : 'archive-broken', null, { cause: error });
  }
  return entries;
}
