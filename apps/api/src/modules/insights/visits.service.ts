import { Injectable } from '@nestjs/common';
import type { VisitsRequest } from '@echomate/contracts/insights.dto';
import { Access } from '../../access/access.service.js';
import { Visits } from '../../platform/visits/visits.js';
import { VisitCountingRepository } from './visit-counting.repository.js';

/** What somebody looks at although it was asked for before, or without saying so. */
@Injectable()
export class VisitsService {
  constructor(
    private readonly visits: Visits,
    private readonly repository: VisitCountingRepository,
    private readonly access: Access,
  ) {}

  /** What is hidden or absent is passed over, and the answer is the same. */
  async tell(viewerId: string, { postIds = [], personId }: VisitsRequest): Promise<void> {
    const [seen, isPersonSeen] = await Promise.all([
      this.access.visible(viewerId, 'post', postIds),
      personId !== undefined && this.access.canSee(viewerId, 'card', personId),
    ]);
    const posts = [...seen];
    // Whoever sees a share sees the original in it.
    if (posts.length) posts.push(...(await this.repository.findOriginals(posts)));
    this.visits.add(viewerId, 'post', posts);
    if (personId !== undefined && isPersonSeen) this.visits.add(viewerId, 'person', [personId]);
  }
}
