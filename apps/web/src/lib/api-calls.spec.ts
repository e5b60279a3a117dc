import { callsBy, pathOf, type Sent } from './api-calls.ts';

const sent: Sent[] = [];
const api = callsBy((request) => {
  sent.push(request);
  return Promise.resolve({ ok: true, status: 200, data: undefined as never });
});

it('fills the path, and puts the rest into the query', () => {
  expect(pathOf('/posts/{id}/likes', { id: 'a/b', cursor: 'c d', limit: undefined })).toBe(
    '/posts/a%2Fb/likes?cursor=c+d',
  );
});

it('sends a body with its key', async () => {
  await api.post('/posts', { body: { audience: 'public' }, key: 'k' });
  expect(sent.at(-1)).toEqual({
    method: 'POST',
    path: '/posts',
    body: { audience: 'public' },
    key: 'k',
  });
});

/** Never called: each line is an error of types, or the check of types fails. */
export const refusedByTypes = async () => {
  // @ts-expect-error There is no such path.
  await api.get('/post/{id}', { id: '1' });
  // @ts-expect-error A like is put, not posted.
  await api.post('/posts/{id}/like', { id: '1' });
  // @ts-expect-error What fills the path is missing.
  await api.get('/posts/{id}');
  // @ts-expect-error This list has no such filter.
  await api.get('/posts/{id}/likes', { id: '1', q: 'ada' });
  // @ts-expect-error There is no such order.
  await api.get('/feed', { sort: 'oldest' });
  // @ts-expect-error A post has an audience.
  await api.post('/posts', { body: { content: 'Hello' } });
  // @ts-expect-error Reading has no effect that a key could keep single.
  await api.get('/users/me', { key: 'k' });
  const answer = await api.get('/posts/{id}', { id: '1' });
  // @ts-expect-error A post has no such field.
  return answer.ok && answer.data.likes;
};
