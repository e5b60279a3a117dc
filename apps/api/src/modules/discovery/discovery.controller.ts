import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DiscoveredPostPage,
  DiscoverySettings,
  GroupSuggestions,
  PersonSuggestions,
  SuggestionsQuery,
  TrendingHashtags,
} from '@echomate/contracts/discovery.dto';
import { ListQuery } from '@echomate/contracts/paging.dto';
import { narrowedPage } from '../../platform/http/fields.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { DiscoverPostsService } from './discover-posts.service.js';
import { DiscoverySettingsService } from './discovery-settings.service.js';
import { GroupSuggestionsService } from './group-suggestions.service.js';
import { PeopleSuggestionsService } from './people-suggestions.service.js';
import { TrendsService } from './trends.service.js';

@ApiTags('discovery')
@Controller('discovery')
export class DiscoveryController {
  constructor(
    private readonly people: PeopleSuggestionsService,
    private readonly groups: GroupSuggestionsService,
    private readonly posts: DiscoverPostsService,
    private readonly trends: TrendsService,
    private readonly settings: DiscoverySettingsService,
  ) {}

  /** People you might follow, each with the reasons */
  @Get('people')
  suggestPeople(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { limit }: SuggestionsQuery,
  ): Promise<PersonSuggestions> {
    return this.people.suggest(userId, limit);
  }

  /** Groups you might like, each with the reason */
  @Get('groups')
  suggestGroups(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { limit }: SuggestionsQuery,
  ): Promise<GroupSuggestions> {
    return this.groups.suggest(userId, limit);
  }

  /** Public posts that stir people this week, by whom you don't follow, each with the reason */
  @Get('posts')
  async discover(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: ListQuery,
  ): Promise<DiscoveredPostPage> {
    return narrowedPage(await this.posts.page(userId, query), query.fields);
  }

  /** Hashtags that more people use this week than usual */
  @Get('hashtags')
  trending(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { limit }: SuggestionsQuery,
  ): Promise<TrendingHashtags> {
    return this.trends.list(userId, limit);
  }

  /** Whether you're suggested to others, and what counts for what you're shown */
  @Get('settings')
  findSettings(@CurrentViewer() { userId }: RequestViewer): Promise<DiscoverySettings> {
    return this.settings.find(userId);
  }

  /** Choose whether you're suggested to others, and what counts for what you're shown */
  @Put('settings')
  saveSettings(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() settings: DiscoverySettings,
  ): Promise<DiscoverySettings> {
    return this.settings.save(userId, settings);
  }
}
