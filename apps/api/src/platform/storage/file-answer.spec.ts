import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { answerFile } from './file-answer.js';
import type { FileStorage } from './file-storage.js';

it('a file is closed if its reader left before it was opened', async () => {
  const stream = Readable.from(['x']);
  const answered = Promise.withResolvers<null>();
  const server = createServer((incoming, outgoing) => {
    const storage = {
      read: async () => {
        await once(outgoing, 'close');
        return { size: 1, stream };
      },
    } as unknown as FileStorage;
    const request = Object.assign(incoming, { get: () => undefined }) as unknown as Request;
    const response = Object.assign(outgoing, { status: () => outgoing }) as unknown as Response;
    answerFile(request, response, storage, { name: 'x', type: 'image/webp', tag: 'x' }).then(
      () => answered.resolve(null),
      answered.reject,
    );
    leave.destroy();
  }).listen(0);
  const leave = get({ port: (server.address() as AddressInfo).port }).on('error', () => undefined);
  await answered.promise;
  expect(stream.destroyed).toBe(true);
  server.close();
});
