import { named, type BareDatabase } from './database.ts';

interface ProfileRow {
  id: string;
  handle: string;
  firstName: string;
  lastName: string;
  nickname: string | null;
  avatarId: string | null;
  visibility: string;
  isOpen: boolean | number;
  bannerId: string | null;
  email: string | null;
  dateOfBirth: string | null;
  about: string | null;
  createdAt: string | null;
}

interface StandingRow {
  following: string | null;
  followedBy: string | null;
  isMuted: boolean | number;
  followerCount: number;
  followingCount: number;
  mutualCount: number;
}

// The rule as the api spells it out in its statements.

const canSeeCard = (person: string) => `(NOT (
  EXISTS (SELECT 1 FROM blocks WHERE blocks.blocker_id = :viewer AND blocks.blocked_id = ${person})
  OR EXISTS (SELECT 1 FROM blocks WHERE blocks.blocker_id = ${person} AND blocks.blocked_id = :viewer)))`;

const follows = (follower: string, followee: string) => `EXISTS (
  SELECT 1 FROM follows AS f
  WHERE f.follower_id = ${follower} AND f.followee_id = ${followee} AND f.status = 'accepted')`;

const CAN_SEE_PROFILE = `(
  u.id = :viewer
  OR (${canSeeCard('u.id')} AND (u.visibility = 'public' OR ${follows(':viewer', 'u.id')})))`;

const canSeeField = (visibility: string) => `(
  u.id = :viewer
  OR (${visibility} = 'profile' AND ${CAN_SEE_PROFILE})
  OR (${visibility} = 'followers' AND ${canSeeCard('u.id')} AND ${follows(':viewer', 'u.id')}))`;

const PROFILE = `
  SELECT p.*,
    CASE WHEN p."isOpen" THEN u.banner_id END AS "bannerId",
    CASE WHEN p."isOpen" THEN u.about END AS about,
    CASE WHEN p."isOpen" THEN u.created_at END AS "createdAt",
    CASE WHEN ${canSeeField('u.email_visibility')} THEN u.email END AS email,
    CASE WHEN ${canSeeField('u.date_of_birth_visibility')} THEN u.date_of_birth END AS "dateOfBirth"
  FROM (
    SELECT u.id, u.handle, u.first_name AS "firstName", u.last_name AS "lastName", u.nickname,
      u.avatar_id AS "avatarId", u.visibility, u.role, ${CAN_SEE_PROFILE} AS "isOpen"
    FROM users u WHERE u.id = :person AND ${canSeeCard('u.id')}
  ) p JOIN users u ON u.id = p.id`;

const STANDING = `
  SELECT mine.status AS following, mine.decided_at AS "decidedAt", theirs.status AS "followedBy",
    EXISTS (SELECT 1 FROM mutes m WHERE m.muter_id = :viewer AND m.muted_id = u.id) AS "isMuted",
    COALESCE(c.followers, 0) AS "followerCount", COALESCE(c.following, 0) AS "followingCount",
    (SELECT count(*) FROM (
      SELECT mine.id, mine.followee_id AS "userId" FROM follows mine
      WHERE mine.follower_id = :viewer AND mine.status = 'accepted'
        AND ${follows('mine.followee_id', ':person')} AND ${canSeeCard('mine.followee_id')}
      LIMIT 100) AS counted) AS "mutualCount"
  FROM users u
  LEFT JOIN follows mine ON mine.follower_id = :viewer AND mine.followee_id = u.id
  LEFT JOIN follows theirs ON theirs.follower_id = u.id AND theirs.followee_id = :viewer
  LEFT JOIN follow_counts c ON c.user_id = u.id
  WHERE u.id = :person`;

/** The statements of the api, and no more of its rules than the measured person needs. */
export function profileReader(database: BareDatabase) {
  const findProfile = named<ProfileRow>(database, PROFILE);
  const findStanding = named<StandingRow>(database, STANDING);
  return async (viewer: string, person: string) => {
    const profile = await findProfile({ viewer, person });
    const standing = await findStanding({ viewer, person });
    return profile && standing ? answer(profile, standing) : null;
  };
}

function answer(profile: ProfileRow, standing: StandingRow) {
  const { id, avatarId, bannerId } = profile;
  const following = standing.following ?? 'none';
  const followedBy = standing.followedBy ?? 'none';
  return {
    id,
    handle: profile.handle,
    firstName: profile.firstName,
    lastName: profile.lastName,
    nickname: profile.nickname,
    avatar: avatarId && {
      small: `/api/v1/users/${id}/avatar/${avatarId}/small`,
      large: `/api/v1/users/${id}/avatar/${avatarId}/large`,
    },
    visibility: profile.visibility,
    isOpen: Boolean(profile.isOpen),
    banner: bannerId && `/api/v1/users/${id}/banner/${bannerId}/large`,
    email: profile.email,
    dateOfBirth: profile.dateOfBirth,
    about: profile.about,
    createdAt: profile.createdAt,
    isMe: false,
    followerCount: standing.followerCount,
    followingCount: standing.followingCount,
    mutualCount: standing.mutualCount,
    relation: {
      following: { status: following, askAgainAt: null },
      followedBy,
      isFriend: following === 'accepted' && followedBy === 'accepted',
      isMuted: Boolean(standing.isMuted),
    },
  };
}
