import { Global, Module } from '@nestjs/common';
import { DiskStorage } from './disk-storage.js';
import { FileStorage } from './file-storage.js';
import { Scratch } from './scratch.js';

@Global()
@Module({
  providers: [{ provide: FileStorage, useClass: DiskStorage }, Scratch],
  exports: [FileStorage, Scratch],
})
export class StorageModule {}
