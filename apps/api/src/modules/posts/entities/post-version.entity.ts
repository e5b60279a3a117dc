import type { Audience } from '@echomate/contracts/posts.dto';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** What a post said before an edit. */
@Entity('post_versions')
@Index('post_versions_of_post', ['postId', 'id'])
export class PostVersion {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Post', { name: 'post_versions_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Text({ nullable: true })
  title!: string | null;

  @Text()
  content!: string;

  /** Whom it was for when it was replaced; null: its author alone */
  @Text({ nullable: true })
  audience!: Audience | null;

  @Time()
  writtenAt!: string;
}
