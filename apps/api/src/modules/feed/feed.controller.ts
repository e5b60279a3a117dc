import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NewerPosts, NewerPostsQuery, FeedPage, FeedQuery } from '@echomate/contracts/feed.dto';
import { narrowedPage } from '../../platform/http/fields.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { FeedService } from './feed.service.js';

@ApiTags('feed')
@Controller('feed')
export class FeedController {
  constructor(private readonly feed: FeedService) {}

  /** Posts by the people you follow and by you: in time order, or ranked with a reason */
  @Get()
  async page(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: FeedQuery,
  ): Promise<FeedPage> {
    const page = await this.feed.page(userId, query);
    return narrowedPage(page, query.fields);
  }

  /** How many posts are newer than the newest one on your page */
  @Get('newer')
  newer(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { after }: NewerPostsQuery,
  ): Promise<NewerPosts> {
    return this.feed.newer(userId, after);
  }
}
