import { Injectable } from '@nestjs/common';
import type { DismissalKind, DismissalPage } from '@echomate/contracts/discovery.dto';
import { LIMITS } from '@echomate/contracts/limits';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { isTag, tagOf } from '@echomate/contracts/text';
import { Access } from '../../access/access.service.js';
import { Database } from '../../platform/database/database.service.js';
import { isReferenceToDeleted } from '../../platform/database/dialect.js';
import { locks } from '../../platform/database/locks.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { invalidField, notFound } from '../../platform/http/problem.js';
import { PostsService } from '../posts/posts.service.js';
import { UsersService } from '../users/users.service.js';
import { toDismissal } from './discovery.mapper.js';
import { DismissalsRepository } from './dismissals.repository.js';

/** What the rule is asked about. A hashtag needs no permission. */
const SEEN_AS = { person: 'card', group: 'group', post: 'post' } as const;

/** What somebody does not want to have suggested, until they take it back. */
@Injectable()
export class DismissalsService {
  constructor(
    private readonly repository: DismissalsRepository,
    private readonly users: UsersService,
    private readonly posts: PostsService,
    private readonly access: Access,
    private readonly database: Database,
  ) {}

  /** What is hidden from the viewer is answered like what does not exist. */
  async dismiss(viewerId: string, kind: keyof typeof SEEN_AS, id: string): Promise<void> {
    try {
      await this.database.transaction(async (transaction) => {
        await locks.users(transaction, viewerId);
        if (!(await this.access.canSee(viewerId, SEEN_AS[kind], id, transaction))) throw notFound();
        await this.repository.add(transaction, viewerId, kind, id);
      });
    } catch (error) {
      throw isReferenceToDeleted(error) ? notFound() : error;
    }
  }

  async dismissHashtag(viewerId: string, tag: string): Promise<void> {
    const dismissed = checked(tag);
    await this.database.transaction((transaction) =>
      this.repository.add(transaction, viewerId, 'hashtag', dismissed),
    );
  }

  async takeBack(viewerId: string, kind: DismissalKind, subject: string): Promise<void> {
    const named = kind === 'hashtag' ? checked(subject) : subject;
    await this.database.transaction((transaction) =>
      this.repository.remove(transaction, viewerId, kind, named),
    );
  }

  /** Those of what the viewer may see, newest first. */
  async list(viewerId: string, { cursor, limit }: PageQuery): Promise<DismissalPage> {
    const rows = await this.repository.find(viewerId, afterId(cursor), limit + 1);
    const idsOf = (name: 'personId' | 'postId') => rows.flatMap((row) => row[name] ?? []);
    const postIds = idsOf('postId');
    const [cards, posts] = await Promise.all([
      this.users.cards(viewerId, idsOf('personId')),
      postIds.length ? this.posts.some(viewerId, postIds) : [],
    ]);
    const known = { cards, posts: new Map(posts.map((post) => [post.id, post])) };
    return pageOf(rows, limit, (row) => toDismissal(row, known));
  }
}

function checked(tag: string): string {
  const looked = tagOf(tag);
  if (!isTag(looked)) throw invalidField('tag', 'not-a-hashtag', { max: LIMITS.hashtag.maxLength });
  return looked;
}
