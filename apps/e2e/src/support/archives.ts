import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** Unpacks an archive into a folder and returns the names of its files. */
export async function unzipped(bytes: Buffer, folder: string): Promise<string[]> {
  const names: string[] = [];
  const keep = async (zip: ZipFile, entry: Entry) => {
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
      zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened))),
    );
    const path = join(folder, entry.fileName);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await buffer(stream));
    names.push(entry.fileName);
    zip.readEntry();
  };
  await new Promise<void>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (refused, zip) => {
      if (refused) return reject(refused);
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry: Entry) => void keep(zip, entry).catch(reject));
      zip.readEntry();
    });
  });
  return names;
}
