import type { Router } from 'express';
import { resourceRouters } from '../../src/platform/http/routed-by-resource.js';
import type { TestApp } from './test-app.js';

/** The server's actual routes, of which each has one method. */
export function routesOf({ app }: TestApp): { method: string; path: string }[] {
  const express = app.getHttpAdapter().getInstance() as { router: Router };
  return [express.router, ...resourceRouters(express).values()].flatMap(({ stack }) =>
    stack.flatMap(({ route }) => {
      const methods = Object.keys((route as { methods?: object } | undefined)?.methods ?? {});
      // Middleware is registered for all methods.
      return methods.length === 1 ? [{ method: methods[0]!, path: route!.path }] : [];
    }),
  );
}
