import type { Transaction } from './statements.js';

/**
 * The locks of transactions, in the order in which they must be taken: two transactions that take them in different
 * orders may deadlock.
 */
export const locks = {
  /** Opening accounts: only one can be the first. */
  accounts: (transaction: Transaction) => transaction.lock('accounts'),

  /** A group's own row, who is in it, and who wants to be */
  group: (transaction: Transaction, id: string) => transaction.lock(`group ${id}`),

  /** People, and the relations between two of them. */
  async users(transaction: Transaction, ...ids: string[]): Promise<void> {
    for (const id of [...ids].sort()) await transaction.lock(`user ${id}`);
  },

  /** What somebody writes in a group, while they may be leaving it. Posts of others do not wait. */
  membership: (transaction: Transaction, groupId: string, userId: string) =>
    transaction.lock(`membership ${groupId} ${userId}`),

  /** A series of events with its dates, options and answers */
  events: (transaction: Transaction, seriesId: string) => transaction.lock(`events ${seriesId}`),

  /** The content, comments and shares of a post. */
  post: (transaction: Transaction, id: string) => transaction.lock(`post ${id}`),

  /** The messages of a conversation, in the order of their ids; or that it exists, by the id of its group */
  conversation: (transaction: Transaction, id: string) => transaction.lock(`conversation ${id}`),

  /** A person's uploads: attachments and quota are counted exactly. */
  mediaOf: (transaction: Transaction, ownerId: string) => transaction.lock(`media of ${ownerId}`),

  /** A passkey belongs to one account. */
  passkey: (transaction: Transaction, credentialId: string) =>
    transaction.lock(`passkey ${credentialId}`),

  /** What these people are told, so that actions of the same kind come together. */
  async notifications(transaction: Transaction, userIds: string[]): Promise<void> {
    for (const id of [...userIds].sort()) await transaction.lock(`notifications ${id}`);
  },

  /** Who is counted, and for whom */
  async insights(transaction: Transaction, userIds: string[]): Promise<void> {
    for (const id of [...new Set(userIds)].sort()) await transaction.lock(`insights ${id}`);
  },

  /** The keys of the installation for pushes are made once. */
  pushKeys: (transaction: Transaction) => transaction.lock('push-keys'),

  /** What waits for the end of quiet hours, by session: it comes as one push. */
  quietPush: (transaction: Transaction, sessionId: string) =>
    transaction.lock(`quiet-push ${sessionId}`),

  /** What can be found: texts are indexed one after the other, each as it is saved by then. */
  search: (transaction: Transaction) => transaction.lock('search'),

  /** What is reported about one thing, and what becomes of it */
  reported: (transaction: Transaction, kind: string, id: string) =>
    transaction.lock(`reported ${kind} ${id}`),

  /** Each row of the log builds on the one before. */
  moderationLog: (transaction: Transaction) => transaction.lock('moderation-log'),

  /** Who looks after the site: one of them stays. */
  admins: (transaction: Transaction) => transaction.lock('admins'),

  /** The settings of the site */
  site: (transaction: Transaction) => transaction.lock('site'),

  recurringJobs: (transaction: Transaction) => transaction.lock('recurring-jobs'),
};
