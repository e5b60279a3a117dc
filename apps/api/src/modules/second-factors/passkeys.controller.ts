import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AddPasskeyRequest,
  FreshProof,
  Passkey,
  PasskeyOffer,
  Passkeys,
  RenamePasskeyRequest,
} from '@echomate/contracts/second-factors.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { PROVES_PASSWORD, RateLimit } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { PasskeysService } from './passkeys.service.js';

@ApiTags('auth')
@Controller('auth/passkeys')
export class PasskeysController {
  constructor(private readonly passkeys: PasskeysService) {}

  /** Your passkeys, the oldest first */
  @Get()
  async list(@CurrentViewer() viewer: RequestViewer): Promise<Passkeys> {
    return { items: await this.passkeys.list(viewer.userId) };
  }

  /** What a browser needs to make a passkey for your account */
  @Post('offer')
  @HttpCode(200)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('wrong-credentials', 'conflict')
  offer(@CurrentViewer() viewer: RequestViewer, @Body() proof: FreshProof): Promise<PasskeyOffer> {
    return this.passkeys.offer(viewer, proof);
  }

  /** Add the passkey that the browser has made for the newest offer */
  @Post()
  @RateLimit(PROVES_PASSWORD)
  @Refuses('wrong-credentials', 'conflict')
  add(
    @CurrentViewer() viewer: RequestViewer,
    @Body() request: AddPasskeyRequest,
  ): Promise<Passkey> {
    return this.passkeys.add(viewer, request);
  }

  /** Give a passkey another name */
  @Patch(':id')
  rename(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { name }: RenamePasskeyRequest,
  ): Promise<Passkey> {
    return this.passkeys.rename(userId, id, name);
  }

  /** Remove a passkey */
  @Post(':id/removal')
  @HttpCode(204)
  @RateLimit(PROVES_PASSWORD)
  @Refuses('wrong-credentials', 'conflict')
  remove(
    @CurrentViewer() viewer: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() proof: FreshProof,
  ): Promise<void> {
    return this.passkeys.remove(viewer, id, proof);
  }
}
