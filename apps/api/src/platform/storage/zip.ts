import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  path: string;
  content: Readable;
  /** Pictures and videos are compressed already. */
  isCompressed?: boolean;
}

/**
 * An archive written while it is read. One entry is open at a time, so memory holds a buffer of it, and of those before
 * only their names. If an entry fails, or cannot be made, the archive does.
 */
export function zipOf(entries: AsyncIterable<ZipEntry>): Readable {
  const zip = new ZipFile();
  const archive = zip.outputStream as Readable;
  const left = new AbortController();
  archive.once('close', () => left.abort());
  // It may fail before its reader listens, who then finds it so: nobody listening would end the process.
  archive.on('error', () => undefined);
  zip.on('error', (error: Error) => archive.destroy(error));
  const write = async () => {
    for await (const { path, content, isCompressed = false } of entries) {
      zip.addReadStream(content, path, { compress: !isCompressed });
      try {
        await finished(content, { signal: left.signal });
      } finally {
        content.destroy();
      }
    }
    zip.end();
  };
  write().catch((error: Error) => archive.destroy(error));
  return archive;
}
