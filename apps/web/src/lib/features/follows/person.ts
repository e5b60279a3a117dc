import type { Relation } from '@echomate/contracts/follows.dto';
import type { UserCard } from '@echomate/contracts/users.dto';

/** A person in a list, with the viewer's relation to them. */
export interface Person {
  id: string;
  user: UserCard;
  /** Null for the viewer, and if it could not be loaded. */
  relation: Relation | null;
  isMe: boolean;
}

export const nameOf = ({ firstName, lastName }: Pick<UserCard, 'firstName' | 'lastName'>) =>
  `${firstName} ${lastName}`;
