import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  FoundEvents,
  FoundHashtags,
  FoundPosts,
  OverviewQuery,
  PostSearchQuery,
  SearchOverview,
  SearchPageQuery,
  SearchQuery,
} from '@echomate/contracts/search.dto';
import { CurrentViewer, isInScope, type RequestViewer } from '../../platform/http/viewer.js';
import { SearchService } from './search.service.js';

/** People are found by `GET /users?q=`, groups by `GET /groups?q=`, messages by `GET /conversations/search?q=`. */
@ApiTags('search')
@Controller('search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  /** A few of each kind, while somebody types. A program finds messages only if it may read them. */
  @Get()
  overview(
    @CurrentViewer() viewer: RequestViewer,
    @Query() { q = '', zone }: OverviewQuery,
  ): Promise<SearchOverview> {
    const hasMessages = isInScope(viewer, 'messages');
    return this.search.overview(viewer.userId, q, { zone, hasMessages });
  }

  /** Posts and comments that match */
  @Get('posts')
  posts(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PostSearchQuery,
  ): Promise<FoundPosts> {
    return this.search.posts(userId, query);
  }

  /** Hashtags that begin so, in posts you can see */
  @Get('hashtags')
  async hashtags(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { q = '' }: SearchQuery,
  ): Promise<FoundHashtags> {
    return { items: await this.search.hashtags(userId, q) };
  }

  /** Events in your groups that match */
  @Get('events')
  events(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: SearchPageQuery,
  ): Promise<FoundEvents> {
    return this.search.eventPage(userId, query);
  }
}
