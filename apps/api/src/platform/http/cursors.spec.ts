import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { Cursors } from './cursors.js';

const SECRET = 'a secret of at least 32 characters';
const ID = '0198b0c4-7d1e-7aaa-8bbb-0123456789ab';

describe('cursors', () => {
  const cursors = new Cursors(SECRET);

  it('are decrypted to the original, and are the same each time', () => {
    for (const text of [ID, `${ID}.0.123456.${ID}`, 'é'])
      expect(cursors.open(cursors.seal(text))).toBe(text);
    expect(cursors.seal(ID)).toBe(cursors.seal(ID));
  });

  it('are sealed with an HMAC, and hidden by AES in counter mode', () => {
    const keys = Buffer.from(hkdfSync('sha256', SECRET, '', 'echomate cursors', 64));
    for (const text of [ID, 'x', `${ID}.0.123456.${ID}`]) {
      const bytes = Buffer.from(cursors.seal(text), 'base64url');
      const mac = createHmac('sha256', keys.subarray(32)).update(text).digest().subarray(0, 12);
      expect(bytes.subarray(0, 12)).toEqual(mac);
      const start = Buffer.concat([mac, Buffer.alloc(4)]);
      const cipher = createDecipheriv('aes-256-ctr', keys.subarray(0, 32), start);
      expect(cipher.update(bytes.subarray(12), undefined, 'utf8')).toBe(text);
    }
  });

  it('reveal nothing: similar ids share no more than by chance', () => {
    const bytes = (text: string) => Buffer.from(cursors.seal(text), 'base64url');
    const [one, other] = [bytes(ID), bytes(ID.replace(/.$/, 'c'))];
    const same = [...one].filter((byte, at) => byte === other[at]).length;
    expect(same).toBeLessThan(6);
    expect(one.toString('latin1')).not.toContain(ID.slice(0, 8));
  });

  it('are refused when they were not made here, or were changed', () => {
    const cursor = cursors.seal(ID);
    const changed = Array.from(cursor, (letter, at) =>
      [cursor.slice(0, at), letter === 'A' ? 'B' : 'A', cursor.slice(at + 1)].join(''),
    );
    const foreign = new Cursors(`${SECRET}!`).seal(ID);
    for (const bad of [
      '',
      'x',
      ID,
      foreign,
      cursor.slice(1),
      cursor.slice(0, -1),
      `${cursor}A`,
      `${cursor}=`,
      ...changed,
    ])
      expect(() => cursors.open(bad)).toThrow('Use the nextCursor of the page before.');
  });
});
