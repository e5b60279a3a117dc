import { Ajv2020 } from 'ajv/dist/2020.js';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  format?: string;
  example?: unknown;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  operationId: string;
  method: string;
  path: string;
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface Answer {
  method: string;
  /** Path and query, as asked for */
  url: string;
  status: number;
  type: string | undefined;
  /** Null if it is not JSON */
  body: string | null;
}

interface ApiDocument {
  paths: Record<string, Record<string, object>>;
  components?: { schemas?: Record<string, object> };
}

const PROBLEM = 'application/problem+json';
const REQUEST_ID = /"requestId":"[0-9a-f-]{36}"/;
/** Long tests must not fill the memory. */
const KEPT = 2_000;
/** The documentation itself, which is a page for people. */
const DOCS = /^\/api\/docs(-json|\/|$)/;

/** Compares answers with the API document. */
export class Declared {
  readonly document: ApiDocument;
  readonly operations: Operation[];
  /** The operations that were seen to succeed */
  readonly succeeded = new Set<string>();
  private readonly routes: { operation: Operation; pattern: RegExp }[];
  private readonly found = new Map<string, Operation | undefined>();
  /** What was looked at already, as a text with what it was compared with */
  private readonly fitting = new Set<string>();
  private readonly ajv = new Ajv2020({
    strict: false,
    logger: false,
    formats: {
      uuid: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      binary: true,
    },
  });

  constructor(document: object) {
    this.document = document as ApiDocument;
    this.ajv.addSchema(document, 'api');
    this.operations = Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => ({ ...operation, method, path }) as Operation,
      ),
    );
    // As in the router: a word counts before a parameter in its place, and so does a parameter with an ending.
    const rank = ({ path }: Operation) => `${path.replaceAll('{', '~')}~`;
    this.routes = this.operations
      .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
      .map((operation) => ({
        operation,
        pattern: new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
      }));
  }

  operationOf(method: string, url: string): Operation | undefined {
    const path = url.split('?')[0]!;
    const asked = method === 'HEAD' ? 'get' : method.toLowerCase();
    const key = `${asked} ${path}`;
    if (!this.found.has(key)) {
      if (this.found.size > KEPT) this.found.clear();
      this.found.set(
        key,
        this.routes.find(
          ({ operation, pattern }) => operation.method === asked && pattern.test(path),
        )?.operation,
      );
    }
    return this.found.get(key);
  }

  /** What differs from the declaration; null if nothing does. */
  complaint(answer: Answer): string | null {
    const operation = this.operationOf(answer.method, answer.url);
    if (!operation) return DOCS.test(answer.url) ? null : this.ofNoRoute(answer);
    const declared = operation.responses[answer.status];
    if (!declared) return `the status is not declared: ${answer.body ?? ''}`;
    if (answer.status < 400) this.succeeded.add(operation.operationId);
    if (answer.method === 'HEAD') return null;
    const type = answer.type?.split(';')[0]?.trim();
    if (!declared.content) return answer.body ? `a body is not declared: ${answer.body}` : null;
    if (!type || !declared.content[type]) return `the type “${type}” is not declared`;
    if (answer.body === null) return null;
    const pointer = ['paths', operation.path, operation.method, 'responses', `${answer.status}`]
      .concat(['content', type, 'schema'])
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    // Only requests with ?fields= may get partial items.
    const isNarrowed = new URL(answer.url, 'http://api').searchParams.has('fields');
    const isWhole = declared.content[type].schema.anyOf && !isNarrowed;
    return this.mismatch(`api#/${pointer}${isWhole ? '/anyOf/0' : ''}`, answer.body);
  }

  private ofNoRoute({ method, status, type, body }: Answer): string | null {
    if (method === 'HEAD' || method === 'OPTIONS') return null;
    if (status < 400 || !type?.startsWith(PROBLEM) || body === null)
      return 'there is no such route, and it is not refused with a problem';
    return this.mismatch('api#/components/schemas/Problem', body);
  }

  private mismatch(pointer: string, body: string): string | null {
    const validate = this.ajv.getSchema(pointer);
    if (!validate) throw new Error(`There is no schema at ${pointer}`);
    // Most refusals differ in nothing else.
    const known = body.length < 2_000 ? `${pointer} ${body.replace(REQUEST_ID, '')}` : null;
    if (known && this.fitting.has(known)) return null;
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return `the body is not JSON: ${body}`;
    }
    if (validate(value)) {
      if (this.fitting.size > KEPT) this.fitting.clear();
      if (known) this.fitting.add(known);
      return null;
    }
    const errors = this.ajv.errorsText(validate.errors, { dataVar: 'body', separator: '\n  ' });
    const extra = validate.errors?.map(({ params }) => params['additionalProperty']).join(' ');
    return `${errors} ${extra}\n  ${body.slice(0, 2000)}`;
  }
}
