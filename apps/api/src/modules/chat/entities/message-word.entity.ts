import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Word } from '../../../platform/database/columns.js';

/** The beginning of a word of a message: the index for finding messages in some conversations. */
@Entity('message_words')
@Index('message_words_of_message', ['messageId'])
export class MessageWord {
  @Reference({ primary: true })
  conversationId!: string;

  @Word({ primary: true })
  word!: string;

  @Reference({ primary: true })
  @ForeignKey('Message', { name: 'message_words_message_fk', onDelete: 'CASCADE' })
  messageId!: string;
}
