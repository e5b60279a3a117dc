import { Injectable } from '@nestjs/common';
import {
  TextIndex,
  type Expression,
  type Range,
  type Partition,
} from '../../platform/database/text-index.js';
import { UsersService } from '../users/users.service.js';
import { LAST_NUMBER, numberOf, numberOfDay } from './document-number.js';
import { matchesAll, termsOf, type SearchQuestion } from './search-query.js';
import { expressionOf, readerToken, wordsOf, type Scope } from './search-tokens.js';
import { SearchRepository, type FoundRow } from './search.repository.js';
import { wordsIn } from './text-words.js';

/** Followed people and groups asked about in one statement. */
const SCOPES_AT_ONCE = 64;
const ASKED_AT_LEAST = 40;
/** In later rounds, when much that is found is hidden or doesn't match. */
const ASKED_AT_MOST = 1000;
const NAMED_AT_MOST = 20;

/** Where matches may be, and what they must have there. */
interface Source {
  partition: Partition;
  expression: Expression;
}

type Text = Pick<FoundRow, 'number' | 'id' | 'title' | 'content'>;

/**
 * Finds texts only in places that the viewer may look into: what is for everyone, each author they follow and each group
 * they are in, and what was meant for them. So what is hidden from them costs nothing, and its number can't be felt. The
 * index is a hint: the rule is asked about everything that it finds, and the words are compared with the text as it is.
 */
@Injectable()
export class TextSearchService {
  constructor(
    private readonly repository: SearchRepository,
    private readonly index: TextIndex,
    private readonly users: UsersService,
  ) {}

  /** Posts and comments, newest first. */
  async findTexts(
    viewerId: string,
    question: SearchQuestion,
    before: string | null,
    limit: number,
  ): Promise<FoundRow[]> {
    const sources = await this.sourcesOf(viewerId, question);
    return this.find(sources, question, before, limit, (numbers) =>
      this.repository.findTexts(viewerId, numbers),
    );
  }

  /** The ids of series of events. */
  async findEvents(
    viewerId: string,
    question: SearchQuestion,
    before: string | null,
    limit: number,
  ): Promise<string[]> {
    const asked = { ...question, from: null, hasImage: false };
    const joined = await this.groupsOf(viewerId, question);
    const scopes = joined.map((ownerId): Scope => ({ in: 'events', ownerId }));
    const rows = await this.find(slicesOf(scopes, asked, null), asked, before, limit, (numbers) =>
      this.repository.findEvents(viewerId, numbers),
    );
    return rows.map(({ id }) => id);
  }

  /** What matches an expression that is made for each scope. */
  async findWith(
    viewerId: string,
    expression: (scope: Scope) => Expression,
    limit: number,
  ): Promise<FoundRow[]> {
    const { followed, joined } = await this.repository.findOwners(viewerId);
    const owners = [viewerId, ...followed, ...joined];
    const sources: Source[] = [
      { partition: 'open', expression: expression({ in: 'everyone' }) },
      ...slices(owners.map((ownerId) => expression({ in: 'posts', ownerId }))),
    ];
    return this.collect(
      sources,
      { from: 0, to: LAST_NUMBER },
      limit,
      () => true,
      (numbers) => this.repository.findTexts(viewerId, numbers),
    );
  }

  private async sourcesOf(viewerId: string, question: SearchQuestion): Promise<Source[]> {
    const authorIds = question.from === null ? null : await this.authorsOf(viewerId, question.from);
    if (authorIds?.length === 0) return [];
    if (question.in !== null) {
      const groups = await this.groupsOf(viewerId, question);
      return slicesOf(
        groups.map((ownerId): Scope => ({ in: 'posts', ownerId })),
        question,
        authorIds,
      );
    }
    const [hiddenIds, { followed, joined }] = await Promise.all([
      this.repository.findHidden(viewerId),
      this.repository.findOwners(viewerId),
    ]);
    const chosen = expressionOf(question, { in: 'chosen' }, { authorIds });
    return [
      {
        partition: 'open',
        expression: expressionOf(question, { in: 'everyone' }, { authorIds, hiddenIds }),
      },
      { partition: 'chosen', expression: { all: [{ token: readerToken(viewerId) }, chosen] } },
      ...slicesOf(
        [viewerId, ...followed, ...joined].map((ownerId): Scope => ({ in: 'posts', ownerId })),
        question,
        authorIds,
      ),
    ];
  }

  private async authorsOf(viewerId: string, name: string): Promise<string[]> {
    if (name.toLowerCase() === 'me') return [viewerId];
    const rows = await this.users.findPeople({
      viewerId,
      question: name,
      before: null,
      limit: NAMED_AT_MOST,
    });
    const cards = await this.users.cards(
      viewerId,
      rows.map(({ userId }) => userId),
    );
    const exact = [...cards.values()].find(({ handle }) => handle === name.toLowerCase());
    return exact ? [exact.id] : [...cards.keys()];
  }

  private async groupsOf(viewerId: string, { in: title }: SearchQuestion): Promise<string[]> {
    if (title === null) return (await this.repository.findOwners(viewerId)).joined;
    const asked = wordsIn(title).map(({ word }) => word);
    const groups = await this.repository.findGroups(viewerId);
    return groups
      .filter((group) => {
        const words = wordsIn(group.title).map(({ word }) => word);
        return asked.every((beginning) => words.some((word) => word.startsWith(beginning)));
      })
      .map(({ id }) => id);
  }

  private async find<Row extends Text>(
    sources: Source[],
    question: SearchQuestion,
    before: string | null,
    limit: number,
    visible: (numbers: number[]) => Promise<Row[]>,
  ): Promise<Row[]> {
    const { zone } = question;
    const from = question.after === null ? 0 : numberOfDay(question.after, zone);
    const ends = [question.before === null ? LAST_NUMBER : numberOfDay(question.before, zone, 1)];
    if (before !== null) ends.push((await this.repository.findNumber(before)) ?? numberOf(before));
    const range = { from, to: Math.min(...ends) };
    const terms = termsOf(question);
    return this.collect(sources, range, limit, (row) => matchesAll(wordsOf(row), terms), visible);
  }

  /** The newest of all sources, in rounds, until there are enough or no more. */
  private async collect<Row extends Text>(
    sources: Source[],
    { from, to }: Range,
    limit: number,
    matches: (row: Row) => boolean,
    visible: (numbers: number[]) => Promise<Row[]>,
  ): Promise<Row[]> {
    const found: Row[] = [];
    let size = Math.max(limit, ASKED_AT_LEAST);
    for (let end = to; end > from && sources.length; size = Math.min(size * 5, ASKED_AT_MOST)) {
      const numbers = new Set<number>();
      // Below this, a source may have more than it was asked for.
      let covered = from;
      for (const { partition, expression } of sources) {
        const some = await this.index.find(partition, expression, { from, to: end }, size);
        for (const number of some) numbers.add(number);
        if (some.length === size) covered = Math.max(covered, some.at(-1)!);
      }
      const newest = [...numbers].filter((number) => number >= covered).sort((a, b) => b - a);
      // Nearly all are shown, and reading a text costs more than finding it.
      for (let at = 0; at < newest.length && found.length < limit; at += limit)
        found.push(...(await visible(newest.slice(at, at + limit))).filter(matches));
      if (found.length >= limit || covered === from) break;
      end = covered;
    }
    return found.slice(0, limit);
  }
}

const slices = (expressions: Expression[]): Source[] =>
  Array.from({ length: Math.ceil(expressions.length / SCOPES_AT_ONCE) }, (_, at) => ({
    partition: 'closed',
    expression: { any: expressions.slice(at * SCOPES_AT_ONCE, (at + 1) * SCOPES_AT_ONCE) },
  }));

const slicesOf = (
  scopes: Scope[],
  question: SearchQuestion,
  authorIds: string[] | null,
): Source[] => slices(scopes.map((scope) => expressionOf(question, scope, { authorIds })));
