import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type { Post, PostHistory, PostPage } from '@echomate/contracts/posts.dto';
import { mentionedIn } from '@echomate/contracts/text';
import { Access } from '../../access/access.service.js';
import type { NamedPosts } from '../../access/visible-posts.access.js';
import { VisibleCounts } from '../../access/visible-counts.service.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { invalidField, notFound } from '../../platform/http/problem.js';
import { Visits } from '../../platform/visits/visits.js';
import { EventsService } from '../events/events.service.js';
import { FollowsService } from '../follows/follows.service.js';
import { MediaService } from '../media/media.service.js';
import { UsersService } from '../users/users.service.js';
import { mentionsOf, readable, toPost, toSharedPost } from './posts.mapper.js';
import { PostsRepository, type PostList, type PostRow } from './posts.repository.js';

/** Reading posts: a query selects them, and a fixed number of statements builds the page. */
@Injectable()
export class PostsService {
  constructor(
    private readonly repository: PostsRepository,
    private readonly users: UsersService,
    private readonly follows: FollowsService,
    private readonly events: EventsService,
    private readonly media: MediaService,
    private readonly access: Access,
    private readonly counts: VisibleCounts,
    private readonly visits: Visits,
  ) {}

  async post(viewerId: string, id: string): Promise<Post> {
    const { items } = await this.page(viewerId, this.repository.one(viewerId, id), 1);
    if (!items[0]) throw notFound();
    return items[0];
  }

  async some(viewerId: string, ids: string[]): Promise<Post[]> {
    if (!ids.length) return [];
    const named = [...new Set(ids)];
    const page = await this.page(viewerId, this.repository.some(viewerId, named), named.length);
    return page.items;
  }

  async ofPerson(
    viewerId: string,
    personId: string,
    { cursor, limit }: PageQuery,
    as?: string,
  ): Promise<PostPage> {
    if (as !== undefined && viewerId !== personId) throw invalidField('as', 'not-your-profile');
    if (!(await this.access.canSee(viewerId, 'profile', personId))) throw notFound();
    const list =
      as === undefined
        ? this.repository.ofAuthor(viewerId, personId)
        : this.repository.ofAuthorAs(await this.follows.viewerIdAs(viewerId, as), personId);
    return this.listed(viewerId, list, { cursor, limit });
  }

  async inGroup(viewerId: string, groupId: string, page: PageQuery): Promise<PostPage> {
    if (!(await this.access.canSee(viewerId, 'inside', groupId))) throw notFound();
    return this.listed(viewerId, this.repository.ofGroup(groupId), page);
  }

  /** All of them, as there are few. */
  async pinnedIn(viewerId: string, groupId: string): Promise<PostPage> {
    if (!(await this.access.canSee(viewerId, 'inside', groupId))) throw notFound();
    return this.page(viewerId, this.repository.pinned(viewerId, groupId), LIMITS.group.maxPinned);
  }

  mentioning(viewerId: string, page: PageQuery): Promise<PostPage> {
    return this.listed(viewerId, this.repository.mentioning(), page);
  }

  async sharesOf(viewerId: string, id: string, page: PageQuery): Promise<PostPage> {
    if (!(await this.access.canSee(viewerId, 'post', id))) throw notFound();
    return this.listed(viewerId, this.repository.sharesOf(id), page);
  }

  async history(viewerId: string, id: string, { cursor, limit }: PageQuery): Promise<PostHistory> {
    const post = await this.post(viewerId, id);
    const rows = await this.repository.findVersions(viewerId, id, afterId(cursor), limit + 1);
    const earlier = rows.slice(0, limit);
    const cards = await this.users.cards(viewerId, [
      ...new Set(earlier.flatMap(({ content }) => mentionedIn(content))),
    ]);
    const present = {
      title: post.title,
      content: post.content,
      mentions: post.mentions,
      at: post.editedAt ?? post.createdAt,
    };
    const page = pageOf(rows, limit, ({ title, content, writtenAt }) => ({
      title,
      content: readable(content, cards),
      mentions: mentionsOf(content, cards),
      at: writtenAt,
    }));
    return cursor === undefined ? { ...page, items: [present, ...page.items] } : page;
  }

  /** A page of the selected posts. */
  async page(viewerId: string, posts: NamedPosts, limit: number): Promise<PostPage> {
    return this.pageOf(viewerId, await this.repository.findRows(viewerId, posts, limit + 1), limit);
  }

  /** All posts of a person, including deleted ones. */
  findIdsOf(authorId: string, after: string, limit: number): Promise<string[]> {
    return this.repository.findIdsOf(authorId, after, limit);
  }

  /** For work on all posts of an author, in portions. */
  findPortionEnd(authorId: string, after: string | null, size: number): Promise<string | null> {
    return this.repository.findPortionEnd(authorId, after, size);
  }

  private async listed(
    viewerId: string,
    list: PostList,
    { cursor, limit }: PageQuery,
  ): Promise<PostPage> {
    return this.pageOf(
      viewerId,
      await this.repository.findListed(viewerId, list, afterId(cursor), limit + 1),
      limit,
    );
  }

  /** The page of these rows; one more than `limit` means that there is a next page. */
  async pageOf(viewerId: string, found: PostRow[], limit: number): Promise<PostPage> {
    const rows = await this.counts.ofPosts(viewerId, found);
    const shown = rows.slice(0, limit);
    const sharedIds = shown.flatMap(({ sharedId }) => sharedId ?? []);
    const sharedRows = sharedIds.length
      ? await this.repository.findShared(viewerId, sharedIds)
      : [];
    const all = [...shown, ...sharedRows];
    const ofEvents = shown.flatMap(({ id, authorId }) => (authorId === null ? id : []));
    const [cards, media, events] = await Promise.all([
      this.users.cards(viewerId, [
        ...new Set(
          all.flatMap(({ authorId, content }) => [authorId ?? [], mentionedIn(content)].flat()),
        ),
      ]),
      this.media.of(
        'post',
        all.map(({ id }) => id),
        viewerId,
      ),
      this.events.bySeries(viewerId, ofEvents),
    ]);
    const shared = new Map(
      sharedRows.flatMap((row) => {
        const post = toSharedPost(row, { cards, media }, viewerId);
        return post ? [[row.id, post]] : [];
      }),
    );
    const ofOthers = all.filter(({ authorId }) => authorId !== null && authorId !== viewerId);
    this.visits.add(
      viewerId,
      'post',
      ofOthers.map(({ id }) => id),
    );
    return pageOf(rows, limit, (row) => toPost(row, { cards, media, events }, shared, viewerId));
  }
}
