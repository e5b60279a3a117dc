import { sql, type Rule, type Sql } from '../platform/database/statements.js';
import { isMember } from './group.access.js';
import { blockedEitherWay, canSeeCard, follows } from './profile.access.js';
import { asRule } from './rule.js';

/**
 * The only definition of who may see a conversation and its messages, whom a message reaches at once, and who may
 * write. Whatever is not stated here is denied.
 */

/** The columns of `conversations` that the rule reads. */
export interface ConversationColumns {
  id: Sql;
  groupId: Sql;
}

export const conversationColumns = (alias: Sql): ConversationColumns => ({
  id: sql`${alias}.id`,
  groupId: sql`${alias}.group_id`,
});

/** The two of a conversation see it for good; the room of a group is for those who are in the group today. */
export const canSeeConversation = (viewer: Sql, { id, groupId }: ConversationColumns): Rule =>
  asRule(sql`(CASE WHEN ${groupId} IS NULL
    THEN EXISTS (
      SELECT 1 FROM participants AS part WHERE part.conversation_id = ${id} AND part.user_id = ${viewer})
    ELSE ${isMember(viewer, groupId)} END)`);

/**
 * For those who may see the conversation. What two have written stays readable for both; in a group, a block hides them
 * from each other. Nobody blocks the sender of a message whose account is deleted, which is NULL.
 */
export const canSeeInside = (
  viewer: Sql,
  { groupId, senderId }: { groupId: Sql; senderId: Sql },
): Sql => sql`(
  ${groupId} IS NULL OR NOT ${blockedEitherWay(viewer, senderId)})`;

/** The columns of `messages` that the rule reads. */
export interface MessageColumns {
  conversationId: Sql;
  senderId: Sql;
}

export const messageColumns = (alias: Sql): MessageColumns => ({
  conversationId: sql`${alias}.conversation_id`,
  senderId: sql`${alias}.sender_id`,
});

export const canSeeMessage = (viewer: Sql, { conversationId, senderId }: MessageColumns): Rule =>
  asRule(sql`EXISTS (
  SELECT 1 FROM conversations AS told
  WHERE told.id = ${conversationId} AND ${canSeeConversation(viewer, conversationColumns(sql`told`))}
    AND ${canSeeInside(viewer, { groupId: sql`told.group_id`, senderId })})`);

const isPublic = (person: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM users AS reader WHERE reader.id = ${person} AND reader.visibility = 'public')`;

/**
 * Whether messages reach the viewer at once: lists, badges and pushes. Otherwise the conversation waits under message
 * requests, until the viewer has accepted it. Nobody follows themselves, so both of the two may be asked about.
 */
export const isReached = (viewer: Sql, { id, groupId }: ConversationColumns): Rule =>
  asRule(sql`(CASE WHEN ${groupId} IS NULL
    THEN EXISTS (
      SELECT 1 FROM participants AS part
      JOIN participants AS other ON other.conversation_id = part.conversation_id
      WHERE part.conversation_id = ${id} AND part.user_id = ${viewer} AND (
        part.accepted_at IS NOT NULL
        OR ${follows(viewer, sql`other.user_id`)}
        OR (part.declined_at IS NULL AND ${isPublic(viewer)})))
    ELSE ${isMember(viewer, groupId)} END)`);

const otherOf = (viewer: Sql, id: Sql, condition: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM participants AS other
  WHERE other.conversation_id = ${id} AND other.user_id <> ${viewer} AND ${condition})`;

/** Whether a message reaches the viewer at once: whoever its conversation reaches may see that. */
export const isReachedBy = (
  viewer: Sql,
  conversation: ConversationColumns,
  { senderId }: MessageColumns,
): Rule =>
  asRule(sql`(
  ${isReached(viewer, conversation)}
  AND ${canSeeInside(viewer, { groupId: conversation.groupId, senderId })})`);

/**
 * For those who may see the conversation: null if they may write, otherwise why not. A block reads like an account that
 * is gone.
 */
export const closedBecause = (viewer: Sql, { id, groupId }: ConversationColumns): Sql => {
  const other = sql`other.user_id`;
  return sql`(CASE
    WHEN ${groupId} IS NOT NULL THEN NULL
    WHEN NOT ${otherOf(viewer, id, canSeeCard(viewer, other))} THEN 'person-gone'
    WHEN NOT ${otherOf(viewer, id, sql`(${follows(viewer, other)} OR ${follows(other, viewer)})`)} THEN 'nobody-follows'
    END)`;
};

/** Who may know whether a person is online: accepted followers, unless the person has turned it off. */
export const canSeePresence = (viewer: Sql, person: Sql): Rule =>
  asRule(sql`(
  ${person} <> ${viewer} AND ${canSeeCard(viewer, person)} AND ${follows(viewer, person)}
  AND NOT EXISTS (SELECT 1 FROM hidden_presences AS hidden WHERE hidden.user_id = ${person}))`);
