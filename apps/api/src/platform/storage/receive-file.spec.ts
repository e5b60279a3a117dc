import express from 'express';
import request from 'supertest';
import { invalidField, Refusal } from '../http/problem.js';
import { receiveFile } from './receive-file.js';

describe('a file that is refused by its first bytes', () => {
  it('is refused with that and nothing else, even if it cannot be written either', async () => {
    const app = express();
    let refusal: unknown;
    app.post('/', async (received, response) => {
      await receiveFile(received, {
        field: 'file',
        path: '/no/such/folder/upload',
        maxBytes: 1000,
        tellingBytes: 4,
        judge: () => {
          throw invalidField('file', 'not-a-photo');
        },
      }).catch((error: unknown) => (refusal = error));
      response.end();
    });
    for (let attempt = 0; attempt < 20; attempt++) {
      await request(app).post('/').attach('file', Buffer.from('no picture'), 'picture.png');
      expect(refusal).toBeInstanceOf(Refusal);
      expect((refusal as Refusal).fields).toEqual([
        expect.objectContaining({ field: 'file', code: 'not-a-photo' }),
      ]);
    }
  });
});
