import type { Relation } from '@echomate/contracts/follows.dto';
import type { UserCard } from '@echomate/contracts/users.dto';

/** Somebody in a list, and how the viewer stands to them. */
export interface Person {
  id: string;
  user: UserCard;
  /** Null for the viewer, and where it could not be found out. */
  relation: Relation | null;
  isMe: boolean;
}

export const nameOf = ({ firstName, lastName }: Pick<UserCard, 'firstName' | 'lastName'>) =>
  `${firstName} ${lastName}`;
