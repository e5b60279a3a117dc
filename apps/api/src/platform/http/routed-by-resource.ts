import express, { type Express, type Router } from 'express';

/** The first part of a path of the API, such as `posts`. */
const resourceOf = (path: string): string | undefined =>
  /^\/api\/v1\/([\w-]+)/i.exec(path)?.[1]!.toLowerCase();

const routersOf = new WeakMap<object, Map<string, Router>>();

/** The routes of each resource. */
export const resourceRouters = (app: object): ReadonlyMap<string, Router> => routersOf.get(app)!;

/** An Express that looks for a route among those of its resource. By itself it tries all routes, one after the other. */
export function routedByResource(): Express {
  const app = express();
  const routers = new Map<string, Router>();
  routersOf.set(app, routers);
  const ordinary = app.route.bind(app);
  app.route = (path: string) => {
    const resource = resourceOf(path);
    if (!resource) return ordinary(path);
    // Nest registers them after all middleware, so this runs after it too.
    if (!routers.size)
      app.use((request, response, next) => {
        const router = routers.get(resourceOf(request.url) ?? '');
        if (router) router(request, response, next);
        else next();
      });
    let router = routers.get(resource);
    if (!router) routers.set(resource, (router = express.Router()));
    return router.route(path);
  };
  return app;
}
