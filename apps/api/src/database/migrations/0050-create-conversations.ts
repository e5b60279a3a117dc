import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes } from '../../platform/database/columns.js';

export class CreateConversations1764000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(runner);
    const no = runner.connection.options.type === 'postgres' ? 'false' : '0';
    const word =
      runner.connection.options.type === 'postgres' ? `${type.word} COLLATE "C"` : type.word;
    await runner.query(`
      CREATE TABLE conversations (
        id ${type.id} PRIMARY KEY NOT NULL,
        group_id ${type.id},
        pair text,
        last_message_id ${type.id},
        created_at ${type.time} NOT NULL,
        CONSTRAINT "conversations_group_fk" FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX conversations_of_group ON conversations (group_id) WHERE group_id IS NOT NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX conversations_pair ON conversations (pair) WHERE pair IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE participants (
        id ${type.id} PRIMARY KEY NOT NULL,
        conversation_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        last_read_id ${type.id} NOT NULL,
        last_message_id ${type.id},
        accepted_at ${type.time},
        declined_at ${type.time},
        is_muted ${type.boolean} NOT NULL DEFAULT ${no},
        is_archived ${type.boolean} NOT NULL DEFAULT ${no},
        CONSTRAINT "participants_conversation_fk" FOREIGN KEY ("conversation_id") REFERENCES "conversations" ("id") ON DELETE CASCADE,
        CONSTRAINT "participants_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX participants_pair ON participants (conversation_id, user_id)`,
    );
    await runner.query(
      `CREATE INDEX participants_of_user ON participants (user_id, last_message_id)`,
    );
    await runner.query(
      `CREATE INDEX participants_unread ON participants (user_id, last_message_id) WHERE last_message_id > last_read_id`,
    );
    await runner.query(`
      CREATE TABLE messages (
        id ${type.id} PRIMARY KEY NOT NULL,
        conversation_id ${type.id} NOT NULL,
        sender_id ${type.id},
        client_id ${type.id} NOT NULL,
        content text NOT NULL,
        search_text text NOT NULL,
        reply_to_id ${type.id},
        edited_at ${type.time},
        deleted_at ${type.time},
        CONSTRAINT "messages_conversation_fk" FOREIGN KEY ("conversation_id") REFERENCES "conversations" ("id") ON DELETE CASCADE,
        CONSTRAINT "messages_sender_fk" FOREIGN KEY ("sender_id") REFERENCES "users" ("id"),
        CONSTRAINT "messages_reply_to_fk" FOREIGN KEY ("reply_to_id") REFERENCES "messages" ("id") ON DELETE SET NULL
      )`);
    await runner.query(`CREATE INDEX messages_of_conversation ON messages (conversation_id, id)`);
    await runner.query(
      `CREATE UNIQUE INDEX messages_of_client ON messages (conversation_id, sender_id, client_id)`,
    );
    await runner.query(`CREATE INDEX messages_of_sender ON messages (sender_id, id)`);
    await runner.query(
      `CREATE INDEX messages_replies ON messages (reply_to_id) WHERE reply_to_id IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE message_words (
        conversation_id ${type.id} NOT NULL,
        word ${word} NOT NULL,
        message_id ${type.id} NOT NULL,
        PRIMARY KEY (conversation_id, word, message_id),
        CONSTRAINT "message_words_message_fk" FOREIGN KEY ("message_id") REFERENCES "messages" ("id") ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX message_words_of_message ON message_words (message_id)`);
    await runner.query(`
      CREATE TABLE message_reactions (
        id ${type.id} PRIMARY KEY NOT NULL,
        message_id ${type.id} NOT NULL,
        user_id ${type.id} NOT NULL,
        emoji text NOT NULL,
        CONSTRAINT "message_reactions_message_fk" FOREIGN KEY ("message_id") REFERENCES "messages" ("id") ON DELETE CASCADE,
        CONSTRAINT "message_reactions_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX message_reactions_pair ON message_reactions (message_id, user_id)`,
    );
    await runner.query(`CREATE INDEX message_reactions_of_user ON message_reactions (user_id, id)`);
    await runner.query(`
      CREATE TABLE hidden_presences (
        user_id ${type.id} PRIMARY KEY NOT NULL,
        CONSTRAINT "hidden_presences_user_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'hidden_presences',
      'message_reactions',
      'message_words',
      'messages',
      'participants',
      'conversations',
    ])
      await runner.query(`DROP TABLE ${table}`);
  }
}
