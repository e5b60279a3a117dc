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
import { SearchRepository, type FoundRow, type Owner } from './search.repository.js';
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
  /** Nothing there has a higher number; many such sources are asked in one statement. */
  newest?: number;
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
    const sources = closed(await this.groupsOf(viewerId, question), (ownerId) =>
      expressionOf(asked, { in: 'events', ownerId }, { authorIds: null }),
    );
    const rows = await this.find(sources, asked, before, limit, (numbers) =>
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
    const owners = [own(viewerId), ...(await this.repository.findOwners(viewerId))];
    const sources: Source[] = [
      { partition: 'open', expression: expression({ in: 'everyone' }) },
      ...closed(owners, (ownerId) => expression({ in: 'posts', ownerId })),
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
    const inPostsOf = (ownerId: string) =>
      expressionOf(question, { in: 'posts', ownerId }, { authorIds });
    if (question.in !== null) return closed(await this.groupsOf(viewerId, question), inPostsOf);
    const [hiddenIds, owners] = await Promise.all([
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
      ...closed([own(viewerId), ...owners], inPostsOf),
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

  private async groupsOf(viewerId: string, { in: title }: SearchQuestion): Promise<Owner[]> {
    const joined = await this.repository.findJoined(viewerId);
    if (title === null) return joined;
    const asked = wordsIn(title).map(({ word }) => word);
    const groups = await this.repository.findGroups(viewerId);
    const named = groups.filter((group) => {
      const words = wordsIn(group.title).map(({ word }) => word);
      return asked.every((beginning) => words.some((word) => word.startsWith(beginning)));
    });
    const ids = new Set(named.map(({ id }) => id));
    return joined.filter(({ ownerId }) => ids.has(ownerId));
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
      // What is open mostly fills the page: everything else is looked for only as far down as that reaches.
      const ask = async ({ partition, expression }: Source) => {
        const range = { from: covered, to: end };
        const some = await this.index.find(partition, expression, range, size);
        for (const number of some) numbers.add(number);
        if (some.length === size) covered = some.at(-1)!;
      };
      for (const source of sources) if (source.newest === undefined) await ask(source);
      const rest = sources.filter(({ newest }) => newest !== undefined && newest >= covered);
      for (const together of slices(rest)) await ask(together);
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

const own = (ownerId: string): Owner => ({ ownerId, newest: LAST_NUMBER });

const closed = (owners: Owner[], expression: (ownerId: string) => Expression): Source[] =>
  owners.map(({ ownerId, newest }) => ({
    partition: 'closed',
    expression: expression(ownerId),
    newest,
  }));

const slices = (sources: Source[]): Source[] =>
  Array.from({ length: Math.ceil(sources.length / SCOPES_AT_ONCE) }, (_, at) => ({
    partition: 'closed',
    expression: {
      any: sources
        .slice(at * SCOPES_AT_ONCE, (at + 1) * SCOPES_AT_ONCE)
        .map(({ expression }) => expression),
    },
  }));
