import { Entity, ForeignKey } from 'typeorm';
import { Reference } from '../../../platform/database/columns.js';

/** An author with so many followers that posts are looked up when a feed is read, not fanned out. */
@Entity('large_authors')
export class LargeAuthor {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'large_authors_author_fk', onDelete: 'CASCADE' })
  authorId!: string;
}
