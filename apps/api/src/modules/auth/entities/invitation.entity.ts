import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/** A link that lets people in, so many times and until a day. Kept when it is revoked or spent: it says who came by it. */
@Entity('invitations')
@Index('invitations_token', ['tokenHash'], { unique: true })
@Index('invitations_of_maker', ['makerId'])
export class Invitation {
  @Id()
  id!: string;

  /** The link itself is shown once and kept nowhere */
  @Text()
  tokenHash!: string;

  /** Null if the account is gone */
  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'invitations_maker_fk', onDelete: 'SET NULL' })
  makerId!: string | null;

  /** For whom it is, for the admins alone */
  @Text({ nullable: true })
  note!: string | null;

  @Integer()
  maxUses!: number;

  /** Accounts that were opened with it, whether or not they still exist */
  @Integer()
  uses!: number;

  @Time()
  createdAt!: string;

  @Time()
  endsAt!: string;

  @Time({ nullable: true })
  revokedAt!: string | null;
}

/** By which link somebody came. */
@Entity('invitation_uses')
@Index('invitation_uses_of_invitation', ['invitationId', 'userId'])
export class InvitationUse {
  @Id()
  @ForeignKey('User', { name: 'invitation_uses_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference()
  @ForeignKey('Invitation', { name: 'invitation_uses_invitation_fk' })
  invitationId!: string;

  @Time()
  usedAt!: string;
}
