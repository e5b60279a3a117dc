import { STATUS_CODES } from 'node:http';
import { ModulesContainer } from '@nestjs/core';
import type { INestApplication, Type } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEMS, problemType, type ProblemName } from '@echomate/contracts/problems';
import { FAULTS, REASONS } from '@echomate/contracts/refusals';
import { scopeOf } from '@echomate/contracts/scopes';
import { exactSchema, narrowedSchemas, type Schema } from './api-schemas.js';
import { IS_PUBLIC } from './public.decorator.js';
import { REQUIRES } from './requires.decorator.js';
import { routeOf } from './route-of.js';

export const REFUSES = Symbol('refuses');

/** Refusals that can happen before a request reaches its route. */
const EVERYWHERE = [
  'malformed-request',
  'invalid-input',
  'too-slow',
  'too-large',
  'unsupported-type',
  'too-many-requests',
  'unavailable',
] as const satisfies ProblemName[];

/** Refusals that follow from the kind of a route, so that none is forgotten. */
type RefusalByRule = (typeof EVERYWHERE)[number] | 'not-signed-in' | 'foreign-origin' | 'internal';

export type SpecialRefusal = Exclude<ProblemName, RefusalByRule>;

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Answer>;
  security?: object[];
}

interface Answer {
  description: string;
  content?: Record<string, { schema: Schema }>;
}

interface Route {
  handler: object;
  controller: Type;
  method: string;
}

/**
 * Completes what Nest reads from controllers and contracts with everything that follows from rules, as the JSON Schema
 * of OpenAPI 3.1, which any validator understands.
 */
export function completeDocument(
  document: OpenAPIObject,
  app: INestApplication,
  operationIdOf: (controller: string, method: string) => string,
): OpenAPIObject {
  const routes = routesOf(app, operationIdOf);
  const schemas = document.components!.schemas as Record<string, Schema>;
  for (const [name, schema] of Object.entries(schemas)) schemas[name] = exactSchema(schema);
  schemas['Problem'] = PROBLEM;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, item] of Object.entries(methods)) {
      const operation = item as Operation;
      const route = routes.get(operation.operationId)!;
      for (const parameter of operation.parameters)
        parameter.schema = exactSchema(parameter.schema);
      showDefaults(operation, route);
      for (const [status, answer] of Object.entries(operation.responses))
        completeAnswer(answer, status, operation, schemas);
      const isPublic = isMarked(route, IS_PUBLIC);
      const { method: verb, path: declared } = routeOf(route.controller, route.handler);
      const scope = isPublic ? null : scopeOf(verb, declared);
      if (!isPublic) operation.security = [{ cookie: [] }, ...(scope ? [{ bearer: [scope] }] : [])];
      const names = refusalsOf({
        isPublic,
        isSafe: method === 'get',
        namesThings: path.includes('{'),
        isRepeatable: operation.parameters.some(({ name }) => name === 'Idempotency-Key'),
        isForSome: isMarked(route, REQUIRES),
        special: (Reflect.getMetadata(REFUSES, route.handler) ?? []) as SpecialRefusal[],
      });
      for (const [status, sameStatus] of Map.groupBy(names, (name) => PROBLEMS[name].status))
        operation.responses[status] = refusal(status, sameStatus);
    }
  }
  return document;
}

function refusalsOf(route: {
  isPublic: boolean;
  isSafe: boolean;
  namesThings: boolean;
  isRepeatable: boolean;
  isForSome: boolean;
  special: SpecialRefusal[];
}): ProblemName[] {
  const names = new Set<ProblemName>([...route.special, ...EVERYWHERE]);
  // Public routes refuse a token that is not valid, like all.
  names.add('not-signed-in');
  if (!route.isSafe) names.add('foreign-origin');
  if (route.namesThings) names.add('not-found');
  if (route.isRepeatable) names.add('conflict');
  // A program may lack the scope, or not be enough.
  if (route.isForSome || !route.isPublic) names.add('not-allowed');
  return [...names];
}

const PARAMETERS: Schema = {
  type: 'object',
  description: 'What the code leaves open, such as the limit',
  additionalProperties: { type: ['string', 'number'] },
};

const PROBLEM: Schema = {
  type: 'object',
  description: 'Why a request was refused (RFC 9457)',
  properties: {
    type: { type: 'string', enum: Object.keys(PROBLEMS).map((n) => problemType(n as ProblemName)) },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: {
      type: 'string',
      enum: Object.keys(REASONS),
      description: 'Stable, and more exact than the type',
    },
    detail: { type: 'string', description: 'The sentence of the code, for people' },
    parameters: PARAMETERS,
    errors: {
      type: 'array',
      description: 'The fields at fault',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string' },
          code: { type: 'string', enum: Object.keys(FAULTS), description: 'Stable' },
          parameters: PARAMETERS,
          message: { type: 'string', description: 'The sentence of the code, for people' },
        },
        required: ['field', 'code', 'message'],
        additionalProperties: false,
      },
    },
    requestId: { type: 'string', format: 'uuid' },
  },
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  additionalProperties: false,
};

const codesOf = (names: ProblemName[]) =>
  Object.entries(REASONS).flatMap(([code, [name]]) => (names.includes(name) ? [code] : []));

const refusal = (status: number, names: ProblemName[]): Answer => ({
  description: names.map((name) => PROBLEMS[name].title).join('; or: '),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }],
        properties: {
          type: { type: 'string', enum: names.map(problemType) },
          title: { type: 'string', enum: names.map((name) => PROBLEMS[name].title) },
          status: { type: 'integer', enum: [status] },
          code: { type: 'string', enum: codesOf(names) },
        },
      },
    },
  },
});

function completeAnswer(
  answer: Answer,
  status: string,
  operation: Operation,
  schemas: Record<string, Schema>,
): void {
  answer.description ||= STATUS_CODES[status] ?? '';
  const mayBeNarrowed = operation.parameters.some(({ name }) => name === 'fields');
  for (const media of Object.values(answer.content ?? {})) {
    media.schema = exactSchema(media.schema);
    if (mayBeNarrowed) media.schema = narrowedSchemas(media.schema, schemas);
  }
}

/** Query fields with a default are optional. */
function showDefaults({ parameters }: Operation, { controller, method }: Route): void {
  const types = Reflect.getMetadata('design:paramtypes', controller.prototype, method) as Type[];
  for (const type of types.filter((candidate) => candidate?.name.endsWith('Query'))) {
    const defaults = new type() as Record<string, unknown>;
    for (const parameter of parameters) {
      const value = parameter.in === 'query' ? defaults[parameter.name] : undefined;
      if (value === undefined) continue;
      parameter.required = false;
      parameter.schema['default'] = value;
    }
  }
}

const isMarked = ({ handler, controller }: Route, key: symbol): boolean =>
  Boolean(Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller));

function routesOf(
  app: INestApplication,
  operationIdOf: (controller: string, method: string) => string,
): Map<string, Route> {
  const routes = new Map<string, Route>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as Type;
      const handlers = Object.getOwnPropertyDescriptors(controller.prototype as object);
      for (const [method, { value }] of Object.entries(handlers))
        routes.set(operationIdOf(controller.name, method), { handler: value, controller, method });
    }
  }
  return routes;
}
