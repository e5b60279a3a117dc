import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { AddressRefused, isPublicAddress, Outgoing, publicOnly } from './outgoing.js';

const DATA_DIR = mkdtempSync(join(tmpdir(), 'echomate-outgoing-'));
afterAll(() => rmSync(DATA_DIR, { recursive: true }));
const outgoing = new Outgoing(new Config({ DATA_DIR }));

describe('requests to addresses that came from people', () => {
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0'],
    ...['100.100.1.1', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fc00::1'],
    ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1'],
  ])('never reach %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])(
    'reach %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ...[
      'http://push.example.org/x',
      'https://127.0.0.1/x',
      'https://[::1]/x',
      'https://2130706433/x',
    ],
    ...[
      'https://0x7f.1/x',
      'https://localhost/x',
      'https://redis/x',
      'https://push.example.org:22/x',
    ],
    ...['https://ada:secret@push.example.org/x', 'file:///etc/passwd', 'push.example.org', ''],
  ])('are not kept: %s', (address) => {
    expect(outgoing.mayAsk(address)).toBe(false);
  });

  it('are kept if they are public and safe', () => {
    expect(outgoing.mayAsk('https://updates.push.example.org/wpush/v2/abc')).toBe(true);
    expect(outgoing.mayAsk('https://push.example.org:443/abc')).toBe(true);
  });

  it.each([true, false])('do not follow a name to the machine itself (all: %s)', async (all) => {
    const found = await new Promise((done) =>
      publicOnly('localhost', { all }, (error, address) => done(error ?? address)),
    );
    expect(found).toBeInstanceOf(AddressRefused);
  });

  it('are not sent to what may not be kept', async () => {
    await expect(outgoing.post('https://localhost/x', {}, Buffer.from('x'))).rejects.toThrow(
      AddressRefused,
    );
  });
});
