import { Injectable } from '@nestjs/common';
import { canSeeCard, narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import {
  anyOf,
  empty,
  join,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { UserName } from './entities/user-name.entity.js';
import { indexedWords, indexRange, searchPattern, searchWords } from './search-name.js';

/** A row of a list of people: whose card to show, and where the page ends. */
export interface PersonRow {
  id: string;
  userId: string;
}

/** A list of people, newest first, that can be walked along an index or asked about one person. */
export interface PeopleList {
  /** The rows, with their WHERE: as much of it as the index knows */
  rows: Sql;
  /** A row's id, which gives the order */
  id: Sql;
  person: Sql;
  /** What else makes a row one of the list */
  condition?: Sql;
  /** The id of the row in which `u.id` stands; null without one */
  rowOf: Sql;
}

export interface PeopleSearch {
  viewerId: string;
  question: string;
  before: string | null;
  limit: number;
}

/** So few people are asked one by one whether they are in a list; a list is walked for more. */
const FEW = 500;

/** People found in lists by the beginnings of their names. */
@Injectable()
export class UserNamesRepository {
  constructor(private readonly database: Database) {}

  async replace(transaction: Transaction, userId: string, searchName: string): Promise<void> {
    await transaction.delete(UserName, { userId });
    const words = indexedWords(searchName);
    if (words.length)
      await transaction.insert(
        UserName,
        words.map((word) => ({ word, userId })),
      );
  }

  /** Those in a list whom the viewer may know and whose names begin with every word of the question. */
  async find(list: PeopleList, search: PeopleSearch): Promise<PersonRow[]> {
    const words = searchWords(search.question);
    const few = await this.findFew(words);
    return few ? this.findAmong(few, words, list, search) : this.walk(words, list, search);
  }

  /** Everyone who comes into question, if they are few. */
  private async findFew(words: string[]): Promise<string[] | null> {
    for (const word of words.toSorted((one, other) => other.length - one.length)) {
      const [from, to] = indexRange(word);
      const rows = await this.database.many<{ id: string }>(sql`
        SELECT n.user_id AS id FROM user_names n WHERE n.word BETWEEN ${from} AND ${to} LIMIT ${FEW + 1}`);
      if (rows.length <= FEW) return [...new Set(rows.map(({ id }) => id))];
    }
    return null;
  }

  /** Order and limit are left to the program: a database would rather walk the whole list for them. */
  private async findAmong(
    ids: string[],
    words: string[],
    { rowOf }: PeopleList,
    { viewerId, before, limit }: PeopleSearch,
  ): Promise<PersonRow[]> {
    if (!ids.length) return [];
    const rows = await this.database.many<{ userId: string; id: string | null }>(sql`
      SELECT u.id AS "userId", ${rowOf} AS id FROM users u
      WHERE u.id IN (${anyOf(ids)}) AND ${isNamed(words)} AND ${canSeeCard(sql`${viewerId}`, sql`u.id`)}`);
    return rows
      .filter((row): row is PersonRow => row.id !== null && (before === null || row.id < before))
      .sort((one, other) => (one.id < other.id ? 1 : -1))
      .slice(0, limit);
  }

  private walk(
    words: string[],
    { rows, id, person, condition }: PeopleList,
    { viewerId, before, limit }: PeopleSearch,
  ): Promise<PersonRow[]> {
    const named = words.length
      ? sql`AND EXISTS (SELECT 1 FROM users u WHERE u.id = ${person} AND ${isNamed(words)})`
      : empty;
    const rule = narrowed(
      canSeeCard(sql`${viewerId}`, person),
      sql`${condition ?? sql`1 = 1`} ${named}`,
    );
    return findInPortions(
      this.database,
      { rows, id, columns: { userId: person }, rule },
      before,
      limit,
    );
  }
}

const isNamed = (words: string[]): Sql =>
  join(
    words.map((word) => sql`u.search_name LIKE ${searchPattern(word)} ESCAPE '\\'`),
    ' AND ',
  );
