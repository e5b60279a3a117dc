import { Injectable } from '@nestjs/common';
import { canSeeCard, narrowed } from '../../access/profile.access.js';
import { Database } from '../../platform/database/database.service.js';
import { findInPortions } from '../../platform/database/portions.js';
import { findFewMatching } from '../../platform/database/word-index.js';
import {
  anyOf,
  empty,
  join,
  sql,
  type Sql,
  type Transaction,
} from '../../platform/database/statements.js';
import { UserNameSlip } from './entities/user-name-slip.entity.js';
import { UserName } from './entities/user-name.entity.js';
import { areAlike, slipsOf } from './name-slips.js';
import { indexedWords, searchPattern, searchWords } from '../../platform/search-words.js';

/** A row of a list of people: the id of the card, and the id for the cursor. */
export interface PersonRow {
  id: string;
  userId: string;
}

/** A list of people, newest first, that can be walked along an index or tested for one person. */
export interface PeopleList {
  /** A FROM with its WHERE, as far as the index covers it */
  rows: Sql;
  /** The id that orders the rows */
  id: Sql;
  person: Sql;
  /** Further conditions for a row to be in the list */
  condition?: Sql;
  /** The id of the row that contains `u.id`; null if there is none */
  rowOf: Sql;
}

export interface PeopleSearch {
  viewerId: string;
  question: string;
  before: string | null;
  limit: number;
}

/** Of names that are like a word of the query. */
const ALIKE_LOOKED_AT = 200;

export const WORDS = { table: sql`user_names`, id: sql`user_id` };

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
    await transaction.delete(UserNameSlip, { userId });
    const slips = [...new Set(words.flatMap(slipsOf))];
    if (slips.length)
      await transaction.insert(
        UserNameSlip,
        slips.map((word) => ({ word, userId })),
      );
  }

  /** People in a list whose card the viewer may see and whose names match every word of the query. */
  async find(list: PeopleList, search: PeopleSearch): Promise<PersonRow[]> {
    const words = searchWords(search.question);
    const few = await findFewMatching(this.database, WORDS, words);
    return few ? this.findAmong(few, words, list, search) : this.walk(words, list, search);
  }

  /** People whose names are a slip away from the query, and whose card the viewer may see. */
  async findAlike({ viewerId, question, limit }: PeopleSearch): Promise<PersonRow[]> {
    const words = searchWords(question);
    const candidates = new Set<string>();
    for (const word of words) {
      const slips = slipsOf(word);
      if (!slips.length) continue;
      const rows = await this.database.many<{ id: string }>(sql`
        SELECT s.user_id AS id FROM user_name_slips s WHERE s.word IN (${anyOf([word, ...slips])})
        UNION SELECT w.user_id FROM user_names w WHERE w.word IN (${anyOf(slips)}) LIMIT ${ALIKE_LOOKED_AT}`);
      for (const { id } of rows) candidates.add(id);
    }
    if (!candidates.size) return [];
    const people = await this.database.many<{ id: string; searchName: string }>(sql`
      SELECT u.id, u.search_name AS "searchName" FROM users u
      WHERE u.id IN (${anyOf([...candidates])}) AND u.id <> ${viewerId} AND ${canSeeCard(sql`${viewerId}`, sql`u.id`)}`);
    return people
      .filter(({ searchName }) => areAlike(searchName, words))
      .sort((one, other) => (one.id < other.id ? 1 : -1))
      .slice(0, limit)
      .map(({ id }) => ({ id, userId: id }));
  }

  /** The program sorts and limits: a database would walk the whole list instead. */
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

export const isNamed = (words: string[]): Sql =>
  join(
    words.map((word) => sql`u.search_name LIKE ${searchPattern(word)} ESCAPE '\\'`),
    ' AND ',
  );
