import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { zipOf, type ZipEntry } from './zip.js';

const nowhere = () => new Writable({ write: (_bytes, _encoding, done) => done() });

describe('an archive', () => {
  it('that cannot be made fails its reader, even one who comes later', async () => {
    async function* entries(): AsyncGenerator<ZipEntry> {
      yield { path: 'first.txt', content: Readable.from(['First']) };
      throw new Error('Broken');
    }
    const archive = zipOf(entries());
    archive.resume();
    await setTimeout(50);
    await expect(pipeline(archive, nowhere())).rejects.toThrow();
  });
});
