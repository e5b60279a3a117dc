import { Global, Module } from '@nestjs/common';
import { DiskStorage } from './disk-storage.js';
import { FileStorage } from './file-storage.js';

@Global()
@Module({ providers: [{ provide: FileStorage, useClass: DiskStorage }], exports: [FileStorage] })
export class StorageModule {}
