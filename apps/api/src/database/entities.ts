import { Job } from '../platform/jobs/job.entity.js';
import { EmailToken } from '../modules/auth/entities/email-token.entity.js';
import { Registration } from '../modules/auth/entities/registration.entity.js';
import { Session } from '../modules/auth/entities/session.entity.js';
import { Block } from '../modules/follows/entities/block.entity.js';
import { FollowCount } from '../modules/follows/entities/follow-count.entity.js';
import { Follow } from '../modules/follows/entities/follow.entity.js';
import { Mute } from '../modules/follows/entities/mute.entity.js';
import { User } from '../modules/users/entities/user.entity.js';

export const ENTITIES = [
  Job,
  User,
  Registration,
  EmailToken,
  Session,
  Follow,
  FollowCount,
  Block,
  Mute,
];
