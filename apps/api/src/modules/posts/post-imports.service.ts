import { Injectable } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import { CreatePostRequest, type Audience } from '@echomate/contracts/posts.dto';
import { MENTION } from '@echomate/contracts/text';
import { PersonName } from '@echomate/contracts/importing.dto';
import { isHandle } from '@echomate/contracts/handles';
import { v7 as uuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { invalidField } from '../../platform/http/problem.js';
import { validated } from '../../platform/http/validation.js';
import { GroupsService } from '../groups/groups.service.js';
import { MediaService } from '../media/media.service.js';
import { UsersService } from '../users/users.service.js';
import { PostHashtagsRepository } from './post-hashtags.repository.js';
import { PostMentionsRepository } from './post-mentions.repository.js';
import { readText } from './post-text.js';
import { PostImported } from './posts.domain-events.js';
import { audienceHere, mayBeShared } from './posts.policy.js';
import { PostsRepository } from './posts.repository.js';

/** What an archive says of a post's words and readers. */
export interface ArchivedText {
  title: string | null;
  /** As it is kept, but with the ids of the other installation */
  content: string;
  audience: Audience;
  mentions: { id: string; handle: string; firstName: string; lastName: string }[];
}

export interface ImportedPost extends ArchivedText {
  createdAt: string;
  editedAt: string | null;
  /** Here; null if the group has not come along */
  groupId: string | null;
  /** Here; null if it is no share, or of somebody else's post */
  sharedId: string | null;
  isShare: boolean;
  mediaIds: string[];
}

export interface ImportOrigin {
  host: string;
  /** The author there */
  personId: string;
  /** The profile there was private */
  wasPrivate: boolean;
}

/** Posts that their author imports from another installation, as old as they are. Nobody is told. */
@Injectable()
export class PostImportsService {
  constructor(
    private readonly repository: PostsRepository,
    private readonly hashtags: PostHashtagsRepository,
    private readonly mentions: PostMentionsRepository,
    private readonly groups: GroupsService,
    private readonly media: MediaService,
    private readonly users: UsersService,
    private readonly domainEvents: DomainEvents,
  ) {}

  /** Refuses what could not have been written here. */
  async assertWritable(post: ArchivedText): Promise<void> {
    const { title, content, audience, mentions } = post;
    for (const { handle, firstName, lastName } of mentions) {
      if (!isHandle(handle)) throw invalidField('mentions', 'required');
      await validated(PersonName, { firstName, lastName });
    }
    const names = new Map(mentions.map(({ id, handle }) => [id, `@${handle}`]));
    const typed = content.replaceAll(MENTION, (_, id: string) => names.get(id) ?? '@');
    await validated(CreatePostRequest, { title, content: typed, audience });
    readText(content);
  }

  /** The caller holds the author's lock. Returns its id, and whether fewer people see it than there. */
  async create(
    transaction: Transaction,
    authorId: string,
    post: ImportedPost,
    origin: ImportOrigin,
  ): Promise<{ id: string; isNarrowed: boolean }> {
    // Lists are in the order of ids: one of its own time places the post where it belongs.
    const id = uuid({ msecs: Date.parse(post.createdAt) });
    const groupId =
      post.groupId && (await this.groups.holdsMember(transaction, post.groupId, authorId))
        ? post.groupId
        : null;
    const sharedId = await this.originalOf(transaction, authorId, post.sharedId);
    const { visibility } = await this.users.ownProfile(authorId, transaction);
    const audience =
      post.isShare && sharedId === null
        ? 'me'
        : audienceHere(post.audience, {
            isInGroup: groupId !== null,
            isOpener: origin.wasPrivate && visibility === 'public',
          });
    const content = contentHere(post, origin.personId, authorId);
    const { tags, mentionedIds } = readText(content);
    await this.repository.insertImported(transaction, {
      id,
      authorId,
      audience,
      sharedId,
      title: post.title,
      content,
      groupId: audience === 'group' ? groupId : null,
      likeCount: 0,
      commentCount: 0,
      createdAt: post.createdAt,
      editedAt: post.editedAt,
      deletedAt: null,
      deletedById: null,
      removedUntil: null,
      importedFrom: origin.host,
      importedAt: new Date().toISOString(),
    });
    await this.hashtags.insert(transaction, id, tags);
    await this.mentions.insert(transaction, id, mentionedIds);
    const to = { kind: 'post', id } as const;
    await this.media.attach(transaction, authorId, post.mediaIds, to, 'mediaIds');
    await this.domainEvents.announce(transaction, new PostImported(id, authorId));
    // Nobody is chosen here yet.
    return { id, isNarrowed: audience !== post.audience || audience === 'chosen' };
  }

  private async originalOf(
    transaction: Transaction,
    authorId: string,
    id: string | null,
  ): Promise<string | null> {
    if (id === null) return null;
    await locks.post(transaction, id);
    const original = await this.repository.findVisible(authorId, id, transaction);
    return original && original.sharedId === null && mayBeShared(original.audience) ? id : null;
  }
}

/** Mentions of others become their names: whoever has that id or handle here is somebody else. */
function contentHere(post: ImportedPost, personId: string, authorId: string): string {
  const named = (nameOf: (person: ImportedPost['mentions'][number]) => string) => {
    const names = new Map(post.mentions.map((person) => [person.id, nameOf(person)]));
    return post.content.replaceAll(MENTION, (_, id: string) =>
      id === personId ? `@${authorId}` : (names.get(id) ?? '…'),
    );
  };
  const content = named(({ firstName, lastName }) => `${firstName} ${lastName}`);
  const withoutOwn = content.replaceAll(MENTION, '');
  const { maxLength } = LIMITS.post.content;
  return withoutOwn.length <= maxLength && isReadable(content)
    ? content
    : named(({ handle }) => handle);
}

/** Names may hold signs that mean something in a text. */
function isReadable(content: string): boolean {
  try {
    readText(content);
    return true;
  } catch {
    return false;
  }
}
