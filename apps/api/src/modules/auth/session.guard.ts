import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { refuse } from '../../platform/http/problem.js';
import { IS_PUBLIC } from '../../platform/http/public.decorator.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import type { ViewerRequest } from '../../platform/http/viewer.js';

/** Every route requires a signed-in viewer unless it is `@Public()`. Rate limits are counted afterwards. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ViewerRequest>();
    const isPublic = this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!request.viewer && !isPublic) throw refuse('not-signed-in');
    await this.limits.check(context);
    return true;
  }
}
