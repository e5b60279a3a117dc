import { Global, Module } from '@nestjs/common';
import { Visits } from './visits.js';

@Global()
@Module({ providers: [Visits], exports: [Visits] })
export class VisitsModule {}
