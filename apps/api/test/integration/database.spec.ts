import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import Sqlite from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/database/data-source.js';
import { appliedMigrations, migrate, revertLast, schemaDrift } from '../../src/database/migrate.js';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { Config } from '../../src/platform/config/config.js';
import { Database } from '../../src/platform/database/database.service.js';
import {
  anyNamed,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Transaction,
} from '../../src/platform/database/statements.js';
import { createTestDatabase, testsRunOn } from '../support/test-database.js';

let removeDatabase: () => Promise<void>;
let dataSource: DataSource;

beforeAll(async () => {
  const created = await createTestDatabase({ isEmpty: true });
  removeDatabase = () => created.remove();
  dataSource = await createDataSource(
    new Config({ NODE_ENV: 'test', ...created.environment }),
  ).initialize();
});

afterAll(async () => {
  if (dataSource?.isInitialized) await dataSource.destroy();
  await removeDatabase();
});

describe('migrations', () => {
  it('go up from empty, all the way down, and up again', async () => {
    expect(await migrate(dataSource)).toHaveLength(MIGRATIONS.length);
    for (let left = MIGRATIONS.length; left > 0; left--)
      expect(await revertLast(dataSource)).not.toBeNull();
    expect(await appliedMigrations(dataSource)).toEqual([]);
    expect(await revertLast(dataSource)).toBeNull();
    expect(await migrate(dataSource)).toHaveLength(MIGRATIONS.length);
    expect(await migrate(dataSource)).toEqual([]);
  });

  it('leave nothing behind on the way down', async () => {
    while (await revertLast(dataSource));
    const tables = await dataSource.query(
      dataSource.options.type === 'postgres'
        ? `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`
        : `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    );
    expect(tables).toEqual([{ name: 'migrations' }]);
    await migrate(dataSource);
  });

  it('make the schema that the entities describe', async () => {
    expect(await schemaDrift(dataSource)).toEqual([]);
  });

  it('shorten sessions to a year, and let older links work on', async () => {
    while (!(await revertLast(dataSource))!.startsWith('VersionCredentials'));
    const [person, long, short] = [1, 2, 3].map(
      (digit) => `01970000-0000-7000-8000-00000000000${digit}`,
    );
    await dataSource.query(`
      INSERT INTO users (id, email, password_hash, first_name, last_name, date_of_birth, visibility,
        email_visibility, date_of_birth_visibility, role, created_at)
      VALUES ('${person}', 'ada@example.org', '', 'Ada', 'Okafor', '1990-12-31', 'public', 'me', 'me',
        'admin', '2025-01-01T00:00:00.000Z')`);
    for (const [id, expires] of [
      [long, '2026-06-01T00:00:00.000Z'],
      [short, '2025-02-01T00:00:00.000Z'],
    ])
      await dataSource.query(`
        INSERT INTO sessions (id, token_hash, user_id, device, created_at, last_seen_at, expires_at)
        VALUES ('${id}', '${id}', '${person}', 'x', '2025-01-01T12:30:00.123Z', '2025-01-01T12:30:00.123Z', '${expires}')`);
    await dataSource.query(`
      INSERT INTO email_tokens (id, purpose, subject_id, email, token_hash, expires_at)
      VALUES ('${long}', 'password-reset', '${person}', 'ada@example.org', 'x', '2025-02-01T00:00:00.000Z')`);
    await migrate(dataSource);
    const database = new Database(dataSource);
    expect(
      await database.many(sql`SELECT id, expires_at AS "expiresAt" FROM sessions ORDER BY id`),
    ).toEqual([
      { id: long, expiresAt: '2026-01-01T12:30:00.123Z' },
      { id: short, expiresAt: '2025-02-01T00:00:00.000Z' },
    ]);
    expect(
      await database.many(sql`
        SELECT t.credentials_version AS link, u.credentials_version AS person
        FROM email_tokens t JOIN users u ON u.id = t.subject_id`),
    ).toEqual([{ link: 1, person: 1 }]);
    await dataSource.query('DELETE FROM email_tokens');
    await dataSource.query('DELETE FROM users');
  });

  it('would be caught drifting', async () => {
    await dataSource.query('ALTER TABLE jobs ADD COLUMN forgotten text');
    expect(await schemaDrift(dataSource)).not.toEqual([]);
    await dataSource.query('ALTER TABLE jobs DROP COLUMN forgotten');
    expect(await schemaDrift(dataSource)).toEqual([]);
  });
});

describe('transactions', () => {
  let database: Database;
  const pause = (ms = 20) => setTimeout(ms);
  const insertNote = (transaction: Transaction, text: string) =>
    transaction.run(sql`INSERT INTO notes (text) VALUES (${text})`);
  const notes = async () =>
    (await database.many<{ text: string }>(sql`SELECT text FROM notes ORDER BY text`)).map(
      ({ text }) => text,
    );

  beforeAll(() => {
    database = new Database(dataSource);
  });

  beforeEach(async () => {
    // The queue waits for a checkpoint, which a bare query would not.
    await database.transaction(async (transaction) => {
      await transaction.run(sql`DROP TABLE IF EXISTS notes`);
      await transaction.run(sql`CREATE TABLE notes (text text NOT NULL)`);
    });
  });

  it('answer SQL that was made once as they answer SQL with the values in it', async () => {
    for (const text of ['a', 'b', 'c', 'd'])
      await database.transaction((transaction) => insertNote(transaction, text));
    const text = named('text');
    const AMONG = shaped(
      (size: number) => sql`
        SELECT text FROM notes
        WHERE text IN (${anyNamed('texts', size)}) AND text <> ${text} AND text < ${'z'}
          AND (${text} <> ${'none'} OR text = ${text}) ORDER BY text LIMIT ${named('limit')}`,
    );
    const among = (texts: string[], but: string, limit: number) =>
      database.many(new Statement(AMONG(sizeOf(texts)), { texts, text: but, limit }));
    const rows = (...texts: string[]) => texts.map((text) => ({ text }));
    expect(await among(['c', 'a', 'b'], 'a', 9)).toEqual(rows('b', 'c'));
    expect(await among(['d', 'a', 'b', 'c'], 'b', 2)).toEqual(rows('a', 'c'));
    expect(await among(['c', 'x', 'y'], 'b', 2)).toEqual(rows('c'));
    expect(await among(['c'], 'none', 2)).toEqual([]);
    expect(AMONG(4)).toBe(AMONG(4));
    await database.transaction(async (transaction) => {
      await insertNote(transaction, 'e');
      const values = { texts: ['e'], text: 'a', limit: 1 };
      expect(await transaction.many(new Statement(AMONG(1), values))).toEqual(rows('e'));
      await expect(
        transaction.many(new Statement(AMONG(2), { texts: ['e'], limit: 1 })),
      ).rejects.toThrow('text');
    });
  });

  it('keep what one person was told is saved when another’s is rolled back', async () => {
    let enter!: () => void;
    const entered = new Promise<void>((resolve) => (enter = resolve));
    const failing = database.transaction(async (transaction) => {
      await insertNote(transaction, 'theirs');
      enter();
      await pause(50);
      throw new Error('changed their mind');
    });
    const outcome = expect(failing).rejects.toThrow('changed their mind');
    await entered;
    await database.transaction((transaction) => insertNote(transaction, 'mine'));
    await outcome;
    expect(await notes()).toEqual(['mine']);
  });

  it('never show others what is not committed', async () => {
    let enter!: () => void;
    let leave!: () => void;
    const entered = new Promise<void>((resolve) => (enter = resolve));
    const left = new Promise<void>((resolve) => (leave = resolve));
    const writing = database.transaction(async (transaction) => {
      await insertNote(transaction, 'draft');
      expect(await transaction.one(sql`SELECT text FROM notes`)).toEqual({ text: 'draft' });
      enter();
      await left;
    });
    await entered;
    expect(await notes()).toEqual([]);
    leave();
    await writing;
    expect(await notes()).toEqual(['draft']);
  });

  it('refuse a second connection inside one, and leave nothing behind', async () => {
    for (const detour of [() => notes(), () => database.transaction(async () => undefined)])
      await expect(
        database.transaction(async (transaction) => {
          await insertNote(transaction, 'draft');
          await detour();
        }),
      ).rejects.toThrow('Inside a transaction');
    expect(await notes()).toEqual([]);
  });

  it('all succeed when 200 write at once', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        database.transaction(async (transaction) => {
          await insertNote(transaction, `note ${index}`);
          await pause(1);
          await transaction.one(sql`SELECT count(*) FROM notes`);
        }),
      ),
    );
    expect(await notes()).toHaveLength(200);
  });

  it('leave nothing half-done', async () => {
    await expect(
      database.transaction(async (transaction) => {
        await insertNote(transaction, 'first');
        await transaction.run(sql`INSERT INTO notes (text) VALUES (${null})`);
      }),
    ).rejects.toThrow();
    expect(await notes()).toEqual([]);
  });

  it('refuse statements that come after their end', async () => {
    let late: Transaction | undefined;
    await database.transaction(async (transaction) => {
      late = transaction;
    });
    await expect(insertNote(late!, 'late')).rejects.toThrow('has ended');
    expect(await notes()).toEqual([]);
  });

  it('tell what follows only after the commit, and not at all after a roll-back', async () => {
    const seen: string[][] = [];
    const write = (text: string, fail: boolean) =>
      database.transaction(async (transaction) => {
        transaction.afterCommit(async () => void seen.push(await notes()));
        await insertNote(transaction, text);
        if (fail) throw new Error('no');
      });
    await write('kept', false);
    await expect(write('lost', true)).rejects.toThrow('no');
    expect(seen).toEqual([['kept']]);
  });

  it('make those who lock the same name wait', async () => {
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 8 }, () =>
        database.transaction(async (transaction) => {
          await transaction.lock('the door');
          most = Math.max(most, ++inside);
          await pause(5);
          inside--;
        }),
      ),
    );
    expect(most).toBe(1);
  });
});

if (testsRunOn === 'postgres')
  describe('two transactions that wait for each other', () => {
    beforeAll(() => Logger.overrideLogger(false));
    afterAll(() => Logger.overrideLogger(['error', 'warn']));

    it('are both saved, one of them when it is tried again, and that is counted', async () => {
      const database = new Database(dataSource);
      await dataSource.query('DROP TABLE IF EXISTS sides');
      await dataSource.query('CREATE TABLE sides (name text PRIMARY KEY, count int NOT NULL)');
      await dataSource.query(`INSERT INTO sides VALUES ('left', 0), ('right', 0)`);
      const add = (transaction: Transaction, name: string) =>
        transaction.run(sql`UPDATE sides SET count = count + 1 WHERE name = ${name}`);
      const told: string[] = [];
      const crossing = (first: string, second: string) =>
        database.transaction(async (transaction) => {
          transaction.afterCommit(async () => void told.push(first));
          await add(transaction, first);
          await setTimeout(50);
          await add(transaction, second);
        });
      await Promise.all([crossing('left', 'right'), crossing('right', 'left')]);
      expect(await database.many(sql`SELECT name, count FROM sides ORDER BY name`)).toEqual([
        { name: 'left', count: 2 },
        { name: 'right', count: 2 },
      ]);
      expect(database.collisions).toBeGreaterThan(0);
      expect(told.sort()).toEqual(['left', 'right']);
    });

    it('are given up when it happens again and again', async () => {
      const database = new Database(dataSource);
      let tries = 0;
      const unlucky = database.transaction(async () => {
        tries++;
        throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      });
      await expect(unlucky).rejects.toThrow('deadlock detected');
      expect(tries).toBe(4);
    });
  });

if (testsRunOn === 'sqlite')
  describe('what ANALYZE finds', () => {
    const QUESTION = `
      SELECT f.id FROM follows f JOIN users u ON u.id = f.follower_id
      WHERE f.followee_id = 'x' AND f.status = 'accepted'`;
    const planOf = (connection: Sqlite.Database) =>
      (connection.prepare(`EXPLAIN QUERY PLAN ${QUESTION}`).all() as { detail: string }[])
        .map(({ detail }) => detail)
        .join();

    it('changes no plan of a running program, and is forgotten at the next start', async () => {
      const created = await createTestDatabase({ isEmpty: true });
      const config = new Config({ NODE_ENV: 'test', ...created.environment });
      const running = await createDataSource(config).initialize();
      await migrate(running);
      const reader = new Sqlite(config.sqliteFile, { readonly: true });
      const usual = planOf(reader);
      expect(usual).toMatch(/^SEARCH f USING INDEX follows_of_followee/);

      const operator = new Sqlite(config.sqliteFile);
      operator.exec('ANALYZE');
      // As if there were a million followers and one person: then SQLite begins with all people.
      operator.exec(`
        DELETE FROM sqlite_stat1;
        INSERT INTO sqlite_stat1 VALUES ('users', 'sqlite_autoindex_users_1', '1 1'),
          ('follows', 'follows_of_followee', '1000000 1000000 1000000 1'),
          ('follows', 'follows_pair', '1000000 1000 1')`);
      operator.close();
      expect(planOf(reader)).toBe(usual);
      const misled = new Sqlite(config.sqliteFile, { readonly: true });
      expect(planOf(misled)).not.toBe(usual);
      for (const connection of [reader, misled]) connection.close();
      await running.destroy();

      const again = await createDataSource(config).initialize();
      const fresh = new Sqlite(config.sqliteFile, { readonly: true });
      expect(planOf(fresh)).toBe(usual);
      expect(await again.query('SELECT * FROM sqlite_stat1')).toEqual([]);
      fresh.close();
      await again.destroy();
      await created.remove();
    });

    it('is nothing as a rule, so that a process can start while another one writes', async () => {
      const created = await createTestDatabase();
      const config = new Config({ NODE_ENV: 'test', ...created.environment });
      await (await createDataSource(config).initialize()).destroy();
      const writer = new Sqlite(config.sqliteFile);
      writer.exec('BEGIN IMMEDIATE');
      const started = await createDataSource(config).initialize();
      writer.exec('ROLLBACK');
      writer.close();
      await started.destroy();
      await created.remove();
    });
  });

if (testsRunOn === 'sqlite')
  describe('beside other connections to the file', () => {
    let config: Config;
    let database: Database;
    let other: Sqlite.Database;
    let remove: () => Promise<void>;

    beforeAll(async () => {
      const created = await createTestDatabase({ isEmpty: true });
      remove = () => created.remove();
      config = new Config({ NODE_ENV: 'test', ...created.environment });
      database = new Database(await createDataSource(config).initialize());
      other = new Sqlite(config.sqliteFile);
      other.exec('CREATE TABLE much (text text NOT NULL)');
    });
    afterAll(async () => {
      other.close();
      await database.onApplicationShutdown();
      await remove();
    });

    const write = (text: string) =>
      database.transaction((transaction) =>
        transaction.run(sql`INSERT INTO much (text) VALUES (${text})`),
      );
    const readAll = () => database.many<{ text: string }>(sql`SELECT text FROM much`);

    it('a write waits for the lock while everything else goes on', async () => {
      other.exec('BEGIN IMMEDIATE');
      let isWritten = false;
      const written = write('patient').then(() => (isWritten = true));
      for (let turn = 0; turn < 5; turn++) {
        await setTimeout(10);
        expect(await readAll()).toEqual([]);
      }
      expect(isWritten).toBe(false);
      other.exec('COMMIT');
      await written;
      expect(await readAll()).toEqual([{ text: 'patient' }]);
    });

    it('a long log is carried into the file by a thread, which begins it anew', async () => {
      const pagesInLog = () => (other.pragma('wal_checkpoint(NOOP)') as { log: number }[])[0]!.log;
      await database.transaction(async (transaction) => {
        for (let row = 0; row < 1100; row++)
          await transaction.run(sql`INSERT INTO much (text) VALUES (${'x'.repeat(16_000)})`);
      });
      for (let tries = 0; pagesInLog() > 100; tries++) {
        expect(tries).toBeLessThan(100);
        await setTimeout(50);
      }
      expect(statSync(config.sqliteFile).size).toBeGreaterThan(17_600_000);
      await write('afterwards');
      expect(await readAll()).toHaveLength(1102);
    });
  });
