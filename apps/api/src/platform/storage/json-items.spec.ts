import { jsonItems, NoListOfObjects } from './json-items.js';

async function* inParts(text: string | Buffer, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = async (text: string | Buffer, size = 3, maxBytes = 100) => {
  const items: object[] = [];
  for await (const item of jsonItems(inParts(text, size), maxBytes)) items.push(item);
  return items;
};

describe('a list of objects in JSON', () => {
  it.each([1, 2, 3, 7, 1000])('is read in parts of %d bytes', async (size) => {
    const items = [{ a: 'é"]}\\', b: [{ c: 1 }, []] }, {}, { d: '\\"{' }];
    expect(await read(JSON.stringify(items), size)).toEqual(items);
    expect(await read(JSON.stringify(items, null, 2), size)).toEqual(items);
    expect(await read(' [ ]\n', size)).toEqual([]);
  });

  it.each([
    ['', 'nothing'],
    ['{}', 'an object'],
    ['[1]', 'numbers'],
    ['[{},]', 'a comma too many'],
    ['[{} {}]', 'a comma too few'],
    ['[{}', 'no end'],
    ['[{}]]', 'more than one end'],
    ['[{"a":}]', 'a broken item'],
    ['[{"a":[}]', 'brackets that do not match'],
    ['[{"a":"\\uD8"}]', 'a broken escape'],
    [Buffer.from([0x5b, 0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d, 0x5d]), 'no UTF-8'],
  ] as [string | Buffer, string][])('is refused: %j (%s)', async (text) => {
    await expect(read(text)).rejects.toThrow(NoListOfObjects);
  });

  it('is refused when an item is larger than it may be, before that is all read', async () => {
    const long = `[{"a":"${'x'.repeat(200)}"}]`;
    await expect(read(long)).rejects.toThrow(NoListOfObjects);
    await expect(read(long, 1000)).rejects.toThrow(NoListOfObjects);
    expect(await read(long, 3, 1000)).toHaveLength(1);
  });
});
