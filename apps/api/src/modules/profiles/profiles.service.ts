import { Injectable } from '@nestjs/common';
import type { Profile } from '@echomate/contracts/profiles.dto';
import { VisibleCounts } from '../../access/visible-counts.service.js';
import { notFound } from '../../platform/http/problem.js';
import { FollowsService } from '../follows/follows.service.js';
import { UsersService } from '../users/users.service.js';

/** A person's profile, with the viewer's relation to them. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly users: UsersService,
    private readonly follows: FollowsService,
    private readonly visible: VisibleCounts,
  ) {}

  async profile(viewerId: string, personId: string): Promise<Profile> {
    const isMe = viewerId === personId;
    const [info, standing, mutualCount] = await Promise.all([
      this.users.profileFor(viewerId, personId),
      this.follows.standing(viewerId, personId),
      isMe ? null : this.follows.countMutuals(viewerId, personId),
    ]);
    if (!standing) throw notFound();
    const numbers = info.isOpen ? await this.visible.ofPerson(viewerId, standing) : null;
    return {
      ...info,
      isMe,
      followerCount: numbers?.followerCount ?? null,
      followingCount: numbers?.followingCount ?? null,
      mutualCount: numbers && mutualCount,
      relation: standing.relation,
    };
  }

  /** The own profile as a follower or a stranger sees it: the same rule with another viewer. */
  async viewAs(viewerId: string, as: string): Promise<Profile> {
    const asId = await this.follows.viewerIdAs(viewerId, as);
    const [profile, own] = await Promise.all([
      this.profile(asId, viewerId),
      this.profile(viewerId, viewerId),
    ]);
    // Whom the other person mutes, also follows, has blocked or is blocked by is private to them.
    return {
      ...profile,
      followerCount: profile.isOpen ? own.followerCount : null,
      followingCount: profile.isOpen ? own.followingCount : null,
      mutualCount: null,
      relation: { ...profile.relation, isMuted: false },
    };
  }
}
