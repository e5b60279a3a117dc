import { DataSource } from 'typeorm';
import type { TestApp } from './test-app.js';
import { until } from './until.js';
import { filesOf } from './uploads.js';

/** Tables that still name a person or a thing, once the jobs about it are over. */
export async function tablesNaming(app: TestApp, id: string): Promise<string[]> {
  const dataSource = app.get(DataSource);
  const names = async (table: string) =>
    JSON.stringify(await dataSource.query(`SELECT * FROM ${table}`)).includes(id);
  await until('the jobs about it are over', async () => !(await names('jobs')));
  const naming: string[] = [];
  for (const { tableName } of dataSource.entityMetadatas)
    if (await names(tableName)) naming.push(tableName);
  return naming;
}

/** Every row of every table, but for jobs. */
async function* rowsOf(app: TestApp): AsyncGenerator<[table: string, row: object]> {
  const dataSource = app.get(DataSource);
  for (const { tableName } of dataSource.entityMetadatas)
    if (tableName !== 'jobs')
      for (const row of (await dataSource.query(`SELECT * FROM ${tableName}`)) as object[])
        yield [tableName, row];
}

/** In which columns any of these ids or words stand. */
export async function columnsNaming(app: TestApp, words: string[]): Promise<string[]> {
  const found = new Set<string>();
  for await (const [table, row] of rowsOf(app))
    for (const [column, value] of Object.entries(row)) {
      const text = JSON.stringify(value);
      if (words.some((word) => text.includes(word))) found.add(`${table}.${column}`);
    }
  return [...found].sort();
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Files on the disk that no row knows of. */
export async function orphanedFiles(app: TestApp): Promise<string[]> {
  const known = new Set<string>();
  for await (const [, row] of rowsOf(app))
    for (const [id] of JSON.stringify(row).matchAll(UUID)) known.add(id);
  return (await filesOf(app, ['files', 'scratch'])).filter((file) => {
    const ids = file.slice(app.config.dataDir.length).match(UUID) ?? [];
    return !ids.some((id) => known.has(id));
  });
}
