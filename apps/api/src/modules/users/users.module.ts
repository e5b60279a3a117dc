import { Module } from '@nestjs/common';
import { Pictures } from './pictures.service.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [UsersController],
  providers: [UsersService, UsersRepository, Pictures],
  exports: [UsersService, Pictures],
})
export class UsersModule {}
