import { ModulesContainer } from '@nestjs/core';
import { PERMISSIONS, may, type Permission } from '@echomate/contracts/permissions';
import { ROLES } from '@echomate/contracts/users.dto';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { REQUIRES } from '../../src/platform/http/requires.decorator.js';
import { signUp } from '../support/people.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Which routes need which permission; a route that is missing here fails the test. */
const ROUTES: Record<string, Permission> = {
  'GET /moderation/cases': 'reports.decide',
  'GET /moderation/cases/:id': 'reports.decide',
  'PUT /moderation/cases/:id/claim': 'reports.decide',
  'DELETE /moderation/cases/:id/claim': 'reports.decide',
  'PUT /moderation/cases/:id/decision': 'reports.decide',
  'PUT /moderation/cases/:id/appeal': 'reports.decide',
  'POST /moderation/cases/:id/undo': 'reports.decide',
  'GET /moderation/cases/:id/media/:mediaId': 'reports.decide',
  'GET /admin/site': 'site.manage',
  'PATCH /admin/site': 'site.manage',
  'PUT /admin/site/logo': 'site.manage',
  'DELETE /admin/site/logo': 'site.manage',
  'GET /admin/statistics': 'site.manage',
  'GET /admin/people': 'roles.change',
  'GET /admin/people/:id': 'roles.change',
  'PUT /admin/people/:id/role': 'roles.change',
  'GET /admin/invitations': 'registrations.decide',
  'POST /admin/invitations': 'registrations.decide',
  'DELETE /admin/invitations/:id': 'registrations.decide',
  'GET /admin/registrations': 'registrations.decide',
  'POST /admin/registrations/:id/accept': 'registrations.decide',
  'POST /admin/registrations/:id/refuse': 'registrations.decide',
};

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** Every route that needs a permission, as its controller says. */
function guarded(): Record<string, Permission> {
  const found: Record<string, Permission> = {};
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values()) {
      const prototype = (metatype as { prototype: object }).prototype;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        if (name === 'constructor') continue;
        const handler = Reflect.get(prototype, name) as object;
        const permission = (Reflect.getMetadata(REQUIRES, handler) ??
          Reflect.getMetadata(REQUIRES, metatype as object)) as Permission | undefined;
        const path = Reflect.getMetadata('path', handler) as string | undefined;
        if (permission && path !== undefined) {
          const base = Reflect.getMetadata('path', metatype as object) as string;
          const method = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'][
            Reflect.getMetadata('method', handler) as number
          ];
          found[`${method} /${[base, path].filter((part) => part !== '/').join('/')}`] = permission;
        }
      }
    }
  return found;
}

describe('a permission', () => {
  it('stands in the table for every route that needs one', () => {
    expect(guarded()).toEqual(ROUTES);
  });

  it.each(ROLES)('lets a %s do what the table says, and nothing more', async (role) => {
    const email = `${role}@example.org`;
    const browser = await signUp(app, { email });
    await app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`UPDATE users SET role = ${role} WHERE email = ${email}`),
      );
    for (const [route, permission] of Object.entries(ROUTES)) {
      const [method, path] = route.split(' ') as [string, string];
      const url = `/api/v1${path.replaceAll(/:\w+/g, '01970000-0000-7000-8000-000000000000')}`;
      const { body, status } = await browser[method.toLowerCase() as 'get'](url);
      const isRefused = status === 403 && body.code === 'not-permitted';
      expect({ [route]: isRefused }).toEqual({ [route]: !may(role, permission) });
    }
  });

  it('is held by no role by mistake', () => {
    expect(Object.fromEntries(ROLES.map((role) => [role, allowedTo(role)]))).toEqual({
      member: [],
      moderator: ['reports.decide'],
      admin: Object.keys(PERMISSIONS),
    });
  });
});

const allowedTo = (role: (typeof ROLES)[number]) =>
  (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => may(role, permission));
