import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declared, Operation, Schema } from './declared.js';

const PREFIX = '/api/v1';
const CONTRACTS = join(import.meta.dirname, '../../../../libs/contracts/src');
export const ROUTE_MAP = join(CONTRACTS, 'routes.ts');

/** Where each contract class is declared. */
const fileOf = new Map(
  readdirSync(CONTRACTS)
    .filter((file) => file !== 'routes.ts')
    .flatMap((file) =>
      [...readFileSync(join(CONTRACTS, file), 'utf8').matchAll(/^export class (\w+)/gm)].map(
        ([, name]): [string, string] => [name!, file.replace(/\.ts$/, '.js')],
      ),
    ),
);

/** The routes as types: what each takes and what it answers, as the API document says. Health is for machines. */
export function writtenRoutes({ operations }: Declared): string {
  const used = new Set<string>();
  const lines = operations
    .filter(({ path }) => path.startsWith(`${PREFIX}/`) && !path.includes('/health/'))
    .map((operation) => lineOf(operation, used))
    .filter((line) => line !== null)
    .toSorted();
  const imports = Map.groupBy([...used].toSorted(), (name) => fileOf.get(name)!);
  return `${[
    '/**',
    ' * Every route that speaks JSON: what it takes and what it answers. Written from the API document by',
    ' * `UPDATE_ROUTES=1 npx nx test-sqlite @echomate/api -- route-map`, and compared with it by the same test.',
    ' */',
    ...[...imports.keys()]
      .toSorted()
      .map((file) => `import type { ${imports.get(file)!.join(', ')} } from './${file}';`),
    '',
    'export interface Routes {',
    ...lines.map((line) => `  ${line}`),
    '}',
  ].join('\n')}\n`;
}

function lineOf(operation: Operation, used: Set<string>): string | null {
  const { method, path, parameters, requestBody, responses } = operation;
  const succeeded = Object.entries(responses).find(([status]) => status.startsWith('2'));
  const content = succeeded?.[1].content;
  const isJson = !content || Object.keys(content).includes('application/json');
  if (!succeeded || !isJson) return null;
  const answer = content ? typeOf(content['application/json']!.schema, used) : 'undefined';
  const asked = parameters
    .filter((parameter) => parameter.in !== 'header')
    .map(
      ({ name, required, schema }) =>
        `${name}${required ? '' : '?'}: ${typeOf(schema, used)}${required ? '' : ' | undefined'}`,
    );
  const body = requestBody && bodyOf(requestBody.content, used);
  const parts = [
    ...(asked.length > 0 ? [`asked: { ${asked.join('; ')} }`] : []),
    ...(body ? [`body: ${body}`] : []),
    `answer: ${answer}`,
  ];
  return `'${method.toUpperCase()} ${path.slice(PREFIX.length)}': { ${parts.join('; ')} };`;
}

const bodyOf = (content: Record<string, { schema: Schema }>, used: Set<string>) =>
  Object.entries(content)
    .map(([type, { schema }]) => (type === 'application/json' ? typeOf(schema, used) : 'FormData'))
    .join(' | ');

function typeOf(schema: Schema, used: Set<string>): string {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)!;
    if (!fileOf.has(name)) throw new Error(`${name} is no class of libs/contracts`);
    used.add(name);
    return name;
  }
  // The second of them is what `?fields=` leaves of the first.
  if (schema.anyOf) return typeOf(schema.anyOf[0]!, used);
  if (schema.enum) return schema.enum.map((value) => `'${String(value)}'`).join(' | ');
  if (schema.type === 'array') return `${typeOf(schema.items!, used)}[]`;
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'string' || schema.type === 'boolean') return schema.type;
  throw new Error(`No type for ${JSON.stringify(schema)}`);
}
