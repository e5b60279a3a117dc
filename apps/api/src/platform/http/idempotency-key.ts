import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';

/** The key with which a client may safely repeat a request. */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined =>
    context.switchToHttp().getRequest<Request>().get('Idempotency-Key'),
);

export const Repeatable = () =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Any text of your making; the same request sent again with it creates nothing new',
  });
