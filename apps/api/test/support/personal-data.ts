import { DataSource } from 'typeorm';
import type { TestApp } from './test-app.js';
import { until } from './until.js';

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
