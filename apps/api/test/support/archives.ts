import { buffer } from 'node:stream/consumers';
import { fromBuffer } from 'yauzl';
import * as yazl from 'yazl';

/** The files in an archive, by path. */
export async function unzipped(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  await new Promise<void>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (refused, zip) => {
      if (refused) return reject(refused);
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          buffer(stream).then((content) => {
            files.set(entry.fileName, content);
            zip.readEntry();
          }, reject);
        });
      });
      zip.readEntry();
    });
  });
  return files;
}

/** An archive of these files, with whatever attributes. */
export async function zipped(
  files: Iterable<[string, Buffer]>,
  options: Partial<yazl.Options> = {},
): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of files) zip.addBuffer(content, name, options);
  zip.end();
  return buffer(zip.outputStream);
}

/** Every place where a name stands gets another one of the same length, which no honest packer would write. */
export function renamed(archive: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error('Names of one length');
  const bytes = Buffer.from(archive);
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) bytes.write(to, at);
  return bytes;
}

const CENTRAL = Buffer.from('PK\u0001\u0002');

/** The directory says that each file is of this size when unpacked. */
export function lyingAbout(archive: Buffer, size: number): Buffer {
  const bytes = Buffer.from(archive);
  for (let at = bytes.indexOf(CENTRAL); at >= 0; at = bytes.indexOf(CENTRAL, at + 4))
    bytes.writeUInt32LE(size, at + 24);
  return bytes;
}

/** An exported archive, some of whose parts are changed. */
export class Altered {
  constructor(readonly files: Map<string, Buffer>) {}

  static async of(archive: Buffer): Promise<Altered> {
    return new Altered(await unzipped(archive));
  }

  rows(table: string): Record<string, unknown>[] {
    return JSON.parse(this.files.get(`data/${table}.json`)!.toString());
  }

  with(name: string, content: Buffer | string | null): Altered {
    const files = new Map(this.files);
    if (content === null) files.delete(name);
    else files.set(name, Buffer.from(content));
    return new Altered(files);
  }

  /** The rows of a table, each with these values. */
  saying(table: string, values: (row: Record<string, unknown>) => object): Altered {
    const rows = this.rows(table).map((row) => ({ ...row, ...values(row) }));
    return this.with(`data/${table}.json`, JSON.stringify(rows));
  }

  zip(): Promise<Buffer> {
    return zipped(this.files);
  }
}
