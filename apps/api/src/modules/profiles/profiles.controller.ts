import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FieldsQuery } from '@echomate/contracts/paging.dto';
import { Profile, ViewAsQuery } from '@echomate/contracts/profiles.dto';
import { narrowed } from '../../platform/http/fields.js';
import { PersonParam } from '../../platform/http/person.param.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { ProfilesService } from './profiles.service.js';

@ApiTags('users')
@Controller('users')
export class ProfilesController {
  constructor(private readonly profiles: ProfilesService) {}

  /** Your profile as a stranger or one of your followers sees it */
  @Get('me/view-as')
  viewAs(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { as }: ViewAsQuery,
  ): Promise<Profile> {
    return this.profiles.viewAs(userId, as);
  }

  /** A person's profile; only their card if it is private */
  @Get(':id')
  async profile(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
    @Query() { fields }: FieldsQuery,
  ): Promise<Profile> {
    return narrowed([await this.profiles.profile(userId, id)], fields)[0]!;
  }
}
