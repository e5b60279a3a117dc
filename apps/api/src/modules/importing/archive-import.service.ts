import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { LeftOutReason } from '@echomate/contracts/importing.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { Refusal } from '../../platform/http/problem.js';
import { save } from '../../platform/storage/receive-file.js';
import { GroupsService } from '../groups/groups.service.js';
import { MediaUploads } from '../media/media-upload.service.js';
import { MediaService } from '../media/media.service.js';
import { ProfilePicturesService } from '../media/profile-pictures.service.js';
import { PostImportsService } from '../posts/post-imports.service.js';
import { AccountStatesService } from '../users/account-states.service.js';
import { UsersService } from '../users/users.service.js';
import type {
  ArchiveContents,
  ArchivedGroup,
  ArchivedMedium,
  ArchivedPost,
} from './archive-contents.js';
import type { Import, ImportedThing, ThingKind } from './entities/import.entity.js';
import { ImportsRepository } from './imports.repository.js';

/** Looked up in one statement, to pass over what has come already. */
const ASKED_AT_ONCE = 50;

/** The account is not active any more: nothing comes to it. */
export class AccountClosed extends Error {}

/** One turn at an import: its row, and the archive it comes from. */
export interface ImportTurn {
  row: Import;
  contents: ArchiveContents;
  /** Asked after each thing: other work wants its turn */
  hasTime(): boolean;
  signal: AbortSignal;
}

type Outcome = Pick<ImportedThing, 'localId'> &
  Partial<Pick<ImportedThing, 'leftOut' | 'isNarrowed'>>;
type Medium = { original: ArchivedMedium } & (
  { id: string; why: null } | { id: null; why: LeftOutReason }
);

/** Writes what a judged archive holds, each thing once, together with the note that it has come. */
@Injectable()
export class ArchiveImportService {
  constructor(
    private readonly repository: ImportsRepository,
    private readonly posts: PostImportsService,
    private readonly groups: GroupsService,
    private readonly uploads: MediaUploads,
    private readonly media: MediaService,
    private readonly pictures: ProfilePicturesService,
    private readonly users: UsersService,
    private readonly accounts: AccountStatesService,
    private readonly database: Database,
  ) {}

  /**
   * Goes on where it was; false if there was not enough time. Every turn brings something, however long it takes to
   * read past what has come already.
   */
  async run(turn: ImportTurn): Promise<boolean> {
    const { contents, hasTime, signal } = turn;
    await this.importProfile(turn);
    for await (const group of contents.groups()) {
      signal.throwIfAborted();
      if ((await this.known(turn, 'group', [group.id])).has(group.id)) continue;
      await this.importGroup(turn, group);
      if (!hasTime()) return false;
    }
    // Shares need their originals.
    for (const areShares of [false, true])
      for await (const some of inPortions(contents.unreadPosts())) {
        const ids = some.map(({ id }) => id);
        const known = await this.known(turn, 'post', ids);
        for (const { id, read } of some) {
          signal.throwIfAborted();
          if (known.has(id)) continue;
          const post = await read();
          if ((post.shared !== null) !== areShares) continue;
          await this.importPost(turn, post);
          if (!hasTime()) return false;
        }
      }
    return true;
  }

  /** Only what is still empty here. What readers of a private profile saw is not shown to all. */
  private async importProfile(turn: ImportTurn): Promise<void> {
    const { row, contents } = turn;
    const { userId } = row;
    const there = await contents.profile();
    await this.once(turn, 'profile', contents.person.id, async () => {
      const own = await this.users.ownProfile(userId);
      const isOpener = there.isPrivate && own.visibility === 'public';
      const changes = {
        ...(own.nickname === null && there.nickname !== null && { nickname: there.nickname }),
        ...(own.about === null && there.about !== null && !isOpener && { about: there.about }),
      };
      if (Object.keys(changes).length) await this.users.updateProfile(userId, changes);
      return null;
    });
    for (const [purpose, id] of [
      ['avatar', there.avatarId],
      ['banner', there.bannerId],
    ] as const) {
      const file = id && contents.fileOf(id);
      if (!file) continue;
      await this.once(turn, 'picture', id, async () => {
        const own = await this.users.ownProfile(userId);
        const isOpener = there.isPrivate && own.visibility === 'public';
        if (own[purpose] !== null || (purpose === 'banner' && isOpener)) return null;
        const { why } = await this.attempt(() =>
          this.pictures.replace(purpose, userId, (expected) =>
            save(Readable.from(contents.read(file)), expected),
          ),
        );
        return why;
      });
    }
  }

  /** Work that has transactions of its own, and may be done twice. */
  private async once(
    turn: ImportTurn,
    kind: ThingKind,
    originalId: string,
    work: () => Promise<LeftOutReason | null>,
  ): Promise<void> {
    if ((await this.known(turn, kind, [originalId])).has(originalId)) return;
    const leftOut = await work();
    await this.note(turn, kind, originalId, async () => ({ localId: null, leftOut }));
  }

  private async importGroup(turn: ImportTurn, group: ArchivedGroup): Promise<void> {
    const { contents, row } = turn;
    const banner =
      group.bannerId && contents.fileOf(group.bannerId)
        ? await this.upload(turn, { id: group.bannerId, isReady: true, alt: null })
        : null;
    const hasCome = await this.note(turn, 'group', group.id, async (transaction) => {
      if (banner) await this.noteMedium(transaction, turn, banner);
      const localId = uuid();
      const { title, description } = group;
      await this.groups.found(transaction, row.userId, localId, {
        title,
        description: description ?? '',
        bannerId: banner?.id,
      });
      return { localId };
    });
    if (!hasCome && banner?.id) await this.media.remove(row.userId, banner.id);
  }

  private async importPost(turn: ImportTurn, post: ArchivedPost): Promise<void> {
    const { contents, row } = turn;
    const { userId } = row;
    const wasPrivate = (await contents.profile()).isPrivate;
    const media: Medium[] = [];
    for (const medium of post.media) media.push(await this.upload(turn, medium));
    const mediaIds = media.flatMap(({ id }) => id ?? []);
    const groupId = await this.localId(turn, 'group', post.groupId);
    const sharedId = await this.localId(turn, 'post', post.shared?.isOwn ? post.shared.id : null);
    const isEmpty = !post.content && !mediaIds.length && sharedId === null;
    const hasCome = await this.note(turn, 'post', post.id, async (transaction) => {
      for (const medium of media) await this.noteMedium(transaction, turn, medium);
      if (isEmpty) return { localId: null, leftOut: post.shared ? 'shared-only' : 'nothing-left' };
      const { id, isNarrowed } = await this.posts.create(
        transaction,
        userId,
        { ...post, groupId, sharedId, isShare: post.shared !== null, mediaIds },
        { host: contents.origin.host, personId: contents.person.id, wasPrivate },
      );
      return { localId: id, isNarrowed };
    });
    if (!hasCome) for (const id of mediaIds) await this.media.remove(userId, id);
  }

  /** Through the checks and the encoding of every upload. */
  private async upload(
    { row: { userId }, contents }: ImportTurn,
    original: ArchivedMedium,
  ): Promise<Medium> {
    const file = original.isReady ? contents.fileOf(original.id) : null;
    if (!file) return { original, id: null, why: 'not-ready' };
    const { made, why } = await this.attempt(() =>
      this.uploads.upload(userId, (expected) => save(Readable.from(contents.read(file)), expected)),
    );
    if (!made) return { original, id: null, why };
    if (original.alt !== null) await this.media.describe(userId, made.id, original.alt);
    return { original, id: made.id, why: null };
  }

  /** What this place can't take is left out; anything else is tried again. */
  private async attempt<Made>(
    work: () => Promise<Made>,
  ): Promise<{ made: Made; why: null } | { made: null; why: LeftOutReason }> {
    try {
      return { made: await work(), why: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'not-signed-in') throw new AccountClosed();
      const fault = error.fields?.[0]?.code;
      if (fault === undefined) throw error;
      const isTold = fault === 'storage-full' || fault === 'no-videos';
      return { made: null, why: isTold ? fault : 'unreadable' };
    }
  }

  private known({ row, contents }: ImportTurn, kind: ThingKind, ids: string[]) {
    return this.repository.findLocal(row.userId, contents.key, kind, ids);
  }

  private async localId(turn: ImportTurn, kind: ThingKind, id: string | null) {
    return id === null ? null : ((await this.known(turn, kind, [id])).get(id) ?? null);
  }

  /** False if it had come already: with an earlier archive, or by another process. */
  private note(
    turn: ImportTurn,
    kind: ThingKind,
    originalId: string,
    work: (transaction: Transaction) => Promise<Outcome>,
  ): Promise<boolean> {
    const { userId } = turn.row;
    return this.database.transaction(async (transaction) => {
      // Safe although groups come before people in the order of locks: nobody can hold the lock of a group that does not
      // exist yet.
      await locks.users(transaction, userId);
      if (!(await this.accounts.isActive(transaction, userId))) throw new AccountClosed();
      const key = turn.contents.key;
      const before = await this.repository.findLocal(userId, key, kind, [originalId], transaction);
      if (before.has(originalId)) return false;
      await this.noteIn(transaction, turn, kind, originalId, await work(transaction));
      return true;
    });
  }

  private noteMedium(transaction: Transaction, turn: ImportTurn, { original, id, why }: Medium) {
    return this.noteIn(transaction, turn, 'media', original.id, { localId: id, leftOut: why });
  }

  private noteIn(
    transaction: Transaction,
    { row, contents }: ImportTurn,
    kind: ThingKind,
    originalId: string,
    { localId, leftOut = null, isNarrowed = false }: Outcome,
  ): Promise<void> {
    return this.repository.insertThing(transaction, {
      id: uuid(),
      userId: row.userId,
      importId: row.id,
      origin: contents.key,
      kind,
      originalId,
      localId,
      leftOut,
      isNarrowed,
    });
  }
}

async function* inPortions<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let some: Item[] = [];
  for await (const item of items) {
    some.push(item);
    if (some.length < ASKED_AT_ONCE) continue;
    yield some;
    some = [];
  }
  if (some.length) yield some;
}
