import { Injectable } from '@nestjs/common';
import type { Event } from '@echomate/contracts/events.dto';
import type { PersonCard } from '@echomate/contracts/follows.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type {
  FoundEvents,
  FoundHashtag,
  FoundPost,
  FoundPosts,
  PostSearchQuery,
  SearchOverview,
  SearchPageQuery,
} from '@echomate/contracts/search.dto';
import { HASHTAG, mentionedIn, tagOf } from '@echomate/contracts/text';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { MessagesService } from '../chat/messages.service.js';
import { EventsService } from '../events/events.service.js';
import { FollowListsService } from '../follows/follow-lists.service.js';
import { GroupsService } from '../groups/groups.service.js';
import { MediaService } from '../media/media.service.js';
import { UsersService } from '../users/users.service.js';
import { markedExcerpt, markedText, readText } from './excerpt.js';
import {
  asksForAnything,
  asksForText,
  readQuestion,
  termsOf,
  type SearchQuestion,
} from './search-query.js';
import { scoreOf } from './search-ranking.js';
import { tagBeginning } from './search-tokens.js';
import type { FoundRow } from './search.repository.js';
import { TextSearchService } from './text-search.service.js';

/** Of each kind, in the overview. */
const FEW = 4;
const PEOPLE_LOOKED_AT = 20;
/** Of the newest matches, the best are shown. */
const BEST_AMONG = 200;
const TAGGED_LOOKED_AT = 100;
const HASHTAGS_FOUND = 20;

@Injectable()
export class SearchService {
  constructor(
    private readonly texts: TextSearchService,
    private readonly lists: FollowListsService,
    private readonly groups: GroupsService,
    private readonly events: EventsService,
    private readonly messages: MessagesService,
    private readonly users: UsersService,
    private readonly media: MediaService,
  ) {}

  /** While somebody types. One after the other: statements that run together hold the event loop for longer. */
  async overview(
    viewerId: string,
    q: string,
    { zone, hasMessages }: { zone?: string | undefined; hasMessages: boolean },
  ): Promise<SearchOverview> {
    const question = readQuestion(q, zone);
    const words = q.trim();
    // Operators are for posts; nobody is called so.
    const isPlain = asksForText(question) && !/[:"]/.test(words);
    const page = { limit: FEW, q: words };
    return {
      people: isPlain ? await this.people(viewerId, words) : [],
      groups: isPlain ? (await this.groups.list(viewerId, page)).items : [],
      hashtags: isPlain ? (await this.hashtags(viewerId, words)).slice(0, FEW) : [],
      posts: asksForAnything(question)
        ? (await this.postsOf(viewerId, question, { limit: FEW })).items
        : [],
      events: asksForText(question)
        ? (await this.eventsOf(viewerId, question, { limit: FEW })).items
        : [],
      messages:
        isPlain && hasMessages
          ? (await this.messages.searchAll(viewerId, words)).items.slice(0, FEW)
          : [],
    };
  }

  async posts(
    viewerId: string,
    { q = '', sort, zone, ...page }: PostSearchQuery,
  ): Promise<FoundPosts> {
    const question = readQuestion(q, zone);
    if (!asksForAnything(question)) return { items: [], nextCursor: null };
    return sort === 'best'
      ? this.best(viewerId, question, page.limit)
      : this.postsOf(viewerId, question, page);
  }

  async eventPage(viewerId: string, { q = '', ...page }: SearchPageQuery): Promise<FoundEvents> {
    const question = readQuestion(q);
    return asksForText(question)
      ? this.eventsOf(viewerId, question, page)
      : { items: [], nextCursor: null };
  }

  /** In the newest posts with a hashtag that begins so: what is in no visible post is not there. */
  async hashtags(viewerId: string, q: string): Promise<FoundHashtag[]> {
    const beginning = tagOf(q.trim().replace(/^#/, ''));
    if (!/^[\p{L}\p{M}\p{N}_]{2,}$/u.test(beginning)) return [];
    const rows = await this.texts.findWith(
      viewerId,
      (scope) => tagBeginning(beginning, scope),
      TAGGED_LOOKED_AT,
    );
    const found = new Map<string, number>();
    for (const { content } of rows)
      for (const tag of new Set(Array.from(content.matchAll(HASHTAG), ([, word]) => tagOf(word!))))
        if (tag.startsWith(beginning)) found.set(tag, (found.get(tag) ?? 0) + 1);
    return [...found]
      .sort(([one, ofOne], [other, ofOther]) => ofOther - ofOne || (one < other ? -1 : 1))
      .slice(0, HASHTAGS_FOUND)
      .map(([tag]) => ({ tag }));
  }

  /** Those whom the viewer follows come first. */
  private async people(viewerId: string, q: string): Promise<PersonCard[]> {
    const { items } = await this.lists.everyone(viewerId, { q, limit: PEOPLE_LOOKED_AT });
    const rank = ({ relation }: PersonCard) => (relation.following.status === 'accepted' ? 0 : 1);
    return items.toSorted((one, other) => rank(one) - rank(other)).slice(0, FEW);
  }

  private async postsOf(
    viewerId: string,
    question: SearchQuestion,
    { cursor, limit }: PageQuery,
  ): Promise<FoundPosts> {
    const before = afterId(cursor);
    const rows = await this.texts.findTexts(viewerId, question, before, limit + 1);
    const found = await this.shown(viewerId, question, rows.slice(0, limit));
    return pageOf(rows, limit, ({ id }) => found.get(id));
  }

  private async best(
    viewerId: string,
    question: SearchQuestion,
    limit: number,
  ): Promise<FoundPosts> {
    const rows = await this.texts.findTexts(viewerId, question, null, BEST_AMONG);
    const now = Date.now();
    const best = rows
      .map((row) => ({ row, score: scoreOf(row, question.terms, now) }))
      .sort((one, other) => other.score - one.score || other.row.number - one.row.number)
      .slice(0, limit)
      .map(({ row }) => row);
    const found = await this.shown(viewerId, question, best);
    return { items: best.flatMap(({ id }) => found.get(id) ?? []), nextCursor: null };
  }

  private async eventsOf(
    viewerId: string,
    question: SearchQuestion,
    { cursor, limit }: PageQuery,
  ): Promise<FoundEvents> {
    const ids = await this.texts.findEvents(viewerId, question, afterId(cursor), limit + 1);
    const events = await this.events.bySeries(viewerId, ids.slice(0, limit));
    return pageOf(
      ids.map((id) => ({ id })),
      limit,
      ({ id }): Event | undefined => events.get(id),
    );
  }

  private async shown(
    viewerId: string,
    question: SearchQuestion,
    rows: FoundRow[],
  ): Promise<Map<string, FoundPost>> {
    const idsOf = (kind: FoundRow['kind']) =>
      rows.filter((row) => row.kind === kind).map(({ id }) => id);
    const [cards, ofPosts, ofComments] = await Promise.all([
      this.users.cards(viewerId, [
        ...new Set(rows.flatMap(({ authorId, content }) => [authorId, ...mentionedIn(content)])),
      ]),
      this.media.of('post', idsOf('post'), viewerId),
      this.media.of('comment', idsOf('comment'), viewerId),
    ]);
    const terms = termsOf(question);
    return new Map(
      rows.flatMap((row) => {
        const author = cards.get(row.authorId);
        if (!author) return [];
        const media = (row.kind === 'post' ? ofPosts : ofComments).get(row.id) ?? [];
        const { id, kind, postId, audience, createdAt, title, groupId } = row;
        return [
          [
            id,
            {
              id,
              kind,
              postId,
              author,
              audience,
              createdAt,
              group:
                groupId === null
                  ? null
                  : { id: groupId, title: row.groupTitle!, isLed: Boolean(row.isGroupLed) },
              title: title === null ? null : markedText(title, terms),
              excerpt: markedExcerpt(readText(row.content, cards), terms),
              picture: media.find(({ kind }) => kind !== 'video') ?? null,
            },
          ],
        ];
      }),
    );
  }
}
