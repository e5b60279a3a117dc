import type { HostileWorld } from '../world/hostile-world.ts';
import { get, type Question } from '../question.ts';

/** The hints are settled by the job when the api starts. */
export function aboutDiscovery({ cast }: HostileWorld): Question[] {
  const { plain, many, blocker, mobbed, suggested, prolific, hub } = cast;
  return [
    get(suggested, '/discovery/people', 'follows 200 who follow 1,500 each, in a large group'),
    get(many, '/discovery/people?limit=30', 'follows 5,000'),
    get(hub, '/discovery/people', 'follows 20,000, has 100,000 followers'),
    get(blocker, '/discovery/people', 'follows 100, has blocked 2,000'),
    get(mobbed, '/discovery/people?limit=30', 'blocked by 25,000'),
    get(plain, '/discovery/people', 'follows nobody'),
    get(prolific, '/discovery/groups?limit=30', 'leads a group of 10,000'),
    get(many, '/discovery/groups', 'follows 5,000'),
    get(plain, '/discovery/posts', 'a hundred posts with thousands of likes and comments'),
    get(mobbed, '/discovery/posts?limit=100', 'the same, nearly all by hidden people'),
    get(blocker, '/discovery/posts', 'has blocked 2,000'),
    get(plain, '/discovery/hashtags', '24 hashtags of up to 120 posts'),
    get(mobbed, '/discovery/hashtags', 'the same; blocked by 25,000'),
    get(plain, '/discovery/dismissals', 'nothing'),
    get(plain, '/discovery/settings', ''),
  ];
}
