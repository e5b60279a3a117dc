import type { EntityMetadata } from 'typeorm';
import { deleteOf, insertOf, updateOf } from './entity-writes.js';

const columns: Record<string, string> = { id: 'id', userId: 'user_id', until: 'until' };
const metadata = {
  name: 'Mute',
  tableName: 'mutes',
  findColumnWithPropertyName: (property: string) =>
    columns[property] && { databaseName: columns[property] },
} as unknown as EntityMetadata;

it('inserts what any row gives, and leaves the rest to defaults', () => {
  const { text, values } = insertOf(metadata, [
    { id: 'a', until: undefined },
    { id: 'b', userId: 'u' },
  ]);
  expect(text).toBe('INSERT INTO "mutes" ("id","user_id") VALUES ($1,$2),($3,$4)');
  expect(values).toEqual(['a', null, 'b', 'u']);
});

it('changes what is given, and finds null as null', () => {
  const { text, values } = updateOf(
    metadata,
    { userId: 'u', until: null },
    { until: 'now', id: undefined },
  );
  expect(text).toBe('UPDATE "mutes" SET "until" = $1 WHERE "user_id" = $2 AND "until" IS NULL');
  expect(values).toEqual(['now', 'u']);
});

it('never widens what it changes by a value that is missing, and knows no other columns', () => {
  expect(() => deleteOf(metadata, { id: undefined })).toThrow('No value for id');
  expect(() => deleteOf(metadata, {})).toThrow();
  expect(() => updateOf(metadata, {}, { until: 'now' })).toThrow();
  expect(() => deleteOf(metadata, { name: 'x' })).toThrow('no column for name');
});
