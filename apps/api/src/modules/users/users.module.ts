import { Module } from '@nestjs/common';
import { AccountRemovalService } from './account-removal.service.js';
import { AccountStatesService } from './account-states.service.js';
import { Handles } from '../../platform/http/person.param.js';
import { HandlesRepository } from './handles.repository.js';
import { HandlesService } from './handles.service.js';
import { RolesRepository } from './roles.repository.js';
import { RolesService } from './roles.service.js';
import { UserNamesRepository } from './user-names.repository.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [UsersController],
  providers: [
    UsersService,
    AccountStatesService,
    AccountRemovalService,
    RolesService,
    HandlesService,
    { provide: Handles, useExisting: HandlesService },
    HandlesRepository,
    UsersRepository,
    RolesRepository,
    UserNamesRepository,
  ],
  exports: [
    UsersService,
    RolesService,
    HandlesService,
    Handles,
    AccountStatesService,
    AccountRemovalService,
  ],
})
export class UsersModule {}
