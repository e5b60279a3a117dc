import { join } from 'node:path';
import {
  applyDecorators,
  createParamDecorator,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { LIMITS } from '@echomate/contracts/limits';
import type { Request } from 'express';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { judge } from '../http/judged-input.js';
import { TELLING_BYTES } from '../images/file-type.js';
import { assertProfilePicture } from '../images/images.js';
import { receiveFile, type Expected } from './receive-file.js';
import { Scratch } from './scratch.js';

type Rule = Omit<Expected, 'path'>;
type ReceivingRequest = Request & { receivedPath?: string | null };

const RULE = Symbol('file to receive');

/** Runs after guards and limits; contract classes validate the texts afterwards, as for JSON. */
@Injectable()
class FileReceiver implements NestInterceptor {
  constructor(
    private readonly scratch: Scratch,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const rule = this.reflector.get<Rule>(RULE, context.getHandler());
    const request = context.switchToHttp().getRequest<ReceivingRequest>();
    if (!request.is('multipart/form-data')) return next.handle();
    const answer = await this.scratch.within(async (folder) => {
      const path = join(folder, 'upload');
      const { hasFile, texts } = await receiveFile(request, { ...rule, path });
      judge(texts);
      request.body = texts;
      request.receivedPath = hasFile ? path : null;
      return lastValueFrom<unknown>(next.handle());
    });
    return of(answer);
  }
}

/** The limits for a profile picture in this field. */
export const profilePicture = (field: string): Omit<Rule, 'texts'> => ({
  field,
  maxBytes: LIMITS.avatar.maxBytes,
  tellingBytes: TELLING_BYTES,
  judge: (start) => {
    assertProfilePicture(start, field);
    return LIMITS.avatar.maxBytes;
  },
});

/** The route takes JSON, or a multipart body of the same texts and optionally a profile picture. */
export const ReceivesPicture = (field: string, texts: Rule['texts']) =>
  applyDecorators(
    SetMetadata<symbol, Rule>(RULE, { ...profilePicture(field), texts }),
    UseInterceptors(FileReceiver),
  );

/** The path of the file while the request is handled; null if none was sent. */
export const ReceivedFile = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | null =>
    context.switchToHttp().getRequest<ReceivingRequest>().receivedPath ?? null,
);
