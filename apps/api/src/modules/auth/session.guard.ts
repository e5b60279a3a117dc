import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Permission } from '@echomate/contracts/permissions';
import { scopeOf, type Scope } from '@echomate/contracts/scopes';
import { refuse } from '../../platform/http/problem.js';
import { IS_PUBLIC } from '../../platform/http/public.decorator.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { REQUIRES } from '../../platform/http/requires.decorator.js';
import { routeOf } from '../../platform/http/route-of.js';
import type { ViewerRequest } from '../../platform/http/viewer.js';
import { UsersService } from '../users/users.service.js';

/**
 * Every route requires a signed-in viewer unless it is `@Public()`, of a program the scope in the table of
 * `scopes.ts`, and where it says so a permission. Rate limits are counted afterwards.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
    private readonly users: UsersService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ViewerRequest>();
    const route = [context.getHandler(), context.getClass()];
    const isPublic = this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, route);
    if (!request.viewer && !isPublic) throw refuse('not-signed-in');
    if (request.viewer?.scopes && !isPublic) this.assertScope(context, request.viewer.scopes);
    const needed = this.reflector.getAllAndOverride<Permission | undefined>(REQUIRES, route);
    if (needed && !(await this.users.may(request.viewer!.userId, needed)))
      throw refuse('not-permitted');
    await this.limits.check(context);
    return true;
  }

  private assertScope(context: ExecutionContext, scopes: readonly Scope[]): void {
    const { method, path } = routeOf(context.getClass(), context.getHandler());
    const scope = scopeOf(method, path);
    if (scope === null) throw refuse('session-needed');
    if (!scopes.includes(scope)) throw refuse('scope-missing', { scope });
  }
}
