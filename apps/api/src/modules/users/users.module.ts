import { Module } from '@nestjs/common';
import { Pictures } from './pictures.service.js';
import { UserNamesRepository } from './user-names.repository.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [UsersController],
  providers: [UsersService, UsersRepository, UserNamesRepository, Pictures],
  exports: [UsersService, Pictures],
})
export class UsersModule {}
