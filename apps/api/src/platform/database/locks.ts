import type { Transaction } from './statements.js';

/**
 * What transactions wait for, in the order in which they take it: whoever takes two of them the other way round may
 * wait for ever for somebody who waits for them.
 */
export const locks = {
  /** Opening accounts, one after the other: only one can be the first. */
  accounts: (transaction: Transaction) => transaction.lock('accounts'),

  /** People, and how two of them stand to each other. */
  async users(transaction: Transaction, ...ids: string[]): Promise<void> {
    for (const id of [...ids].sort()) await transaction.lock(`user ${id}`);
  },

  /** What is said, commented and passed on of one post. */
  post: (transaction: Transaction, id: string) => transaction.lock(`post ${id}`),

  /** What someone has uploaded: uses and quota are counted, not guessed. */
  mediaOf: (transaction: Transaction, ownerId: string) => transaction.lock(`media of ${ownerId}`),

  recurringJobs: (transaction: Transaction) => transaction.lock('recurring-jobs'),
};
