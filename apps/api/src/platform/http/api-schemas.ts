export type Schema = Record<string, unknown>;

const mapValues = (schemas: object, change: (schema: Schema) => Schema) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));

/** Turns Nest's OpenAPI 3.0 schemas into JSON Schema: null is a type, and objects have no other fields. */
export function exactSchema({ nullable, ...schema }: Schema): Schema {
  if (schema['properties'])
    schema = {
      additionalProperties: false,
      ...schema,
      properties: mapValues(schema['properties'], exactSchema),
    };
  if (typeof schema['additionalProperties'] === 'object')
    schema['additionalProperties'] = exactSchema(schema['additionalProperties'] as Schema);
  if (schema['items']) schema['items'] = exactSchema(schema['items'] as Schema);
  for (const several of ['allOf', 'anyOf', 'oneOf'])
    if (schema[several]) schema[several] = (schema[several] as Schema[]).map(exactSchema);
  return nullable ? orNull(schema) : schema;
}

function orNull({ type, allOf, enum: choices, ...schema }: Schema): Schema {
  if (allOf) return { ...schema, anyOf: [...(allOf as Schema[]), { type: 'null' }] };
  return {
    ...schema,
    type: [type, 'null'],
    ...(choices !== undefined && { enum: [...(choices as unknown[]), null] }),
  };
}

/** For a route with `?fields=`: either complete items, or items in which every field is optional. */
export function narrowedSchemas(whole: Schema, schemas: Record<string, Schema>): Schema {
  const name = nameIn(whole['$ref'] as string);
  const { properties } = schemas[name] as { properties: Record<string, Schema> };
  const items = properties['items']?.['items'] as { $ref: string } | undefined;
  const narrowed = `${name}Narrowed`;
  if (!items) schemas[narrowed] = withoutMust(schemas[name]!);
  else {
    const item = `${nameIn(items.$ref)}Narrowed`;
    schemas[item] = withoutMust(schemas[nameIn(items.$ref)]!);
    schemas[narrowed] = {
      ...schemas[name],
      properties: {
        ...properties,
        items: { type: 'array', items: { $ref: `#/components/schemas/${item}` } },
      },
    };
  }
  return { anyOf: [whole, { $ref: `#/components/schemas/${narrowed}` }] };
}

const nameIn = (ref: string) => ref.slice('#/components/schemas/'.length);

const withoutMust = ({ required: _, ...schema }: Schema): Schema => ({
  ...schema,
  description: 'Only the fields that `?fields=` names',
});
