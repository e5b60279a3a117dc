import { Injectable } from '@nestjs/common';
import type { Media, MediaKind } from '@echomate/contracts/media.dto';
import { validate as isUuid } from 'uuid';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Reader, Transaction } from '../../platform/database/statements.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { isInScope, type RequestViewer } from '../../platform/http/viewer.js';
import { rowsOf } from '../../platform/personal-data/personal-data.js';
import { chunksOf } from '../../platform/chunks.js';
import type { AttachedKind } from './entities/medium.entity.js';
import { MediaFiles, type Variant } from './media-files.service.js';
import { toMedia, type MediumRow } from './media.mapper.js';
import { whyNotTogether } from './media.policy.js';
import { MediaRepository, type MediaSubject, type VisibleRow } from './media.repository.js';

/** A statement takes a limited number of values. */
const REMOVED_AT_ONCE = 500;

@Injectable()
export class MediaService {
  constructor(
    private readonly repository: MediaRepository,
    private readonly files: MediaFiles,
    private readonly database: Database,
  ) {}

  // ——— for the person

  async find(viewer: RequestViewer, id: string): Promise<Media> {
    return toMedia(await this.inScope(viewer, id));
  }

  describe(viewerId: string, id: string, alt: string | null | undefined): Promise<Media> {
    return this.database.transaction(async (transaction) => {
      const row = await this.own(transaction, viewerId, id);
      if (alt === undefined) return toMedia(row);
      await this.repository.updateAlt(transaction, id, alt);
      return toMedia({ ...row, alt });
    });
  }

  remove(viewerId: string, id: string): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const { attachedKind } = await this.own(transaction, viewerId, id);
      if (attachedKind) throw refuse('upload-in-use');
      await this.repository.delete(transaction, id);
      await this.files.removeLater(transaction, [id], 'attachment');
    });
  }

  /** Where the file of a variant is, for those who may see it. */
  async file(viewer: RequestViewer, id: string, variant: string) {
    const file = this.files.find(await this.inScope(viewer, id), variant as Variant);
    if (!file) throw notFound();
    return file;
  }

  // ——— for other modules

  /** Where the picture of a medium is, or the video: only for callers who have their own reason to show it. */
  async fileOf(id: string) {
    const row = await this.repository.findRow(id);
    if (!row) return null;
    const picture = row.purpose === 'attachment' ? 'card' : 'large';
    return this.files.find(row, row.kind === 'video' ? 'video' : picture);
  }

  /**
   * Attaches own uploads to a subject, in this order, and returns their kinds. Refuses uploads of others, uploads
   * already attached elsewhere, and combinations that are not allowed. Keeps existing attachments: see `replace`.
   */
  async attach(
    transaction: Transaction,
    ownerId: string,
    mediaIds: string[],
    to: MediaSubject,
    field: string,
  ): Promise<MediaKind[]> {
    if (!mediaIds.length) return [];
    const ids = mediaIds.map((id) => id.toLowerCase());
    const areAllIds = ids.every((id) => isUuid(id));
    await locks.mediaOf(transaction, ownerId);
    const attached = areAllIds ? await this.repository.attach(transaction, ownerId, ids, to) : [];
    if (attached.length !== ids.length) throw invalidField(field, 'not-your-upload');
    const kinds = new Map(attached.map((medium) => [medium.id, medium.kind]));
    const inOrder = ids.map((id) => kinds.get(id)!);
    const objection = whyNotTogether(to.kind, inOrder);
    if (objection) throw invalidField(field, objection);
    return inOrder;
  }

  /** Attaches exactly these to a subject; other attachments it had are deleted. */
  async replace(
    transaction: Transaction,
    ownerId: string,
    mediaIds: string[],
    of: MediaSubject,
    field: string,
  ): Promise<MediaKind[]> {
    const kinds = await this.attach(transaction, ownerId, mediaIds, of, field);
    const gone = await this.repository.deleteAttached(transaction, of.kind, [of.id], mediaIds);
    await this.files.removeLater(transaction, gone, 'attachment');
    return kinds;
  }

  /** Removes the attachments of subjects that are being deleted. */
  async removeFrom(transaction: Transaction, kind: AttachedKind, ids: string[]): Promise<void> {
    for (const some of chunksOf(ids, REMOVED_AT_ONCE)) {
      const gone = await this.repository.deleteAttached(transaction, kind, some);
      await this.files.removeLater(transaction, gone, 'attachment');
    }
  }

  /**
   * The attachments of these subjects that the viewer may see, in order, by subject, in one statement. What is not
   * ready yet is visible to its owner only.
   */
  async of(
    kind: AttachedKind,
    ids: string[],
    viewerId: string,
    reader?: Reader,
  ): Promise<Map<string, Media[]>> {
    const found = new Map<string, Media[]>();
    if (!ids.length) return found;
    for (const row of await this.repository.findAttached(viewerId, kind, ids, reader)) {
      const media = found.get(row.attachedId);
      if (media) media.push(toMedia(row));
      else found.set(row.attachedId, [toMedia(row)]);
    }
    return found;
  }

  /** The best file of each own upload that is ready, avatar and banner too; those that the rule hides are left out. */
  async *filesOf(ownerId: string): AsyncGenerator<{ id: string; name: string; extension: string }> {
    for (const row of await this.repository.findPicturesOf(ownerId)) yield* this.bestOf(row);
    const attachments = rowsOf((after, limit) =>
      this.repository.findAttachmentsOf(ownerId, after, limit),
    );
    for await (const row of attachments) yield* this.bestOf(row);
  }

  private *bestOf(row: MediumRow) {
    const variant =
      row.kind === 'video' ? 'video' : row.purpose === 'attachment' ? 'full' : 'large';
    const file = this.files.find(row, variant);
    if (file)
      yield { id: row.id, name: file.name, extension: variant === 'video' ? 'mp4' : 'webp' };
  }

  isAnyAttached(reader: Reader, kind: AttachedKind, id: string): Promise<boolean> {
    return this.repository.isAnyAttached(reader, { kind, id });
  }

  // ———

  /** A program that may not read messages sees no photo of one either. */
  private async inScope(viewer: RequestViewer, id: string): Promise<VisibleRow> {
    const row = await this.visible(viewer.userId, id);
    if (row.attachedKind === 'message' && !isInScope(viewer, 'messages')) throw notFound();
    return row;
  }

  private async visible(viewerId: string, id: string, reader?: Reader): Promise<VisibleRow> {
    const row = await this.repository.findVisible(viewerId, 'attachment', id, reader);
    if (!row) throw notFound();
    return row;
  }

  private async own(transaction: Transaction, viewerId: string, id: string): Promise<VisibleRow> {
    await locks.mediaOf(transaction, viewerId);
    const row = await this.visible(viewerId, id, transaction);
    if (row.ownerId !== viewerId) throw refuse('not-yours');
    return row;
  }
}
