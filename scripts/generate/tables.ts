// Makes the small tables that run-time code needs from the schemas, so that it never loads the schemas themselves.
import { isSchema, type Schemas } from './read-schemas.ts';

const endpoints = { messages: 'messages-request', 'count-tokens': 'count-tokens-request' } as const;

/** The text of `tables.ts`. */
export function generateTables(schemas: Schemas): string {
  const lines = Object.entries(endpoints).map(([endpoint, name]) => `  '${endpoint}': ${list(betaFields(schemas, name))},`);
  return `// Generated from spec/schemas by scripts/generate.ts; change the schemas instead.

/** Top-level request fields that exist only with a beta header (\`x-beta\` in the schemas), by endpoint. */
export const betaFields: Readonly<Record<'messages' | 'count-tokens', readonly string[]>> = {
${lines.join('\n')}
};
`;
}

function betaFields(schemas: Schemas, name: string): readonly string[] {
  const properties = schemas.get(name)?.['properties'];
  if (!isSchema(properties)) throw new Error(`spec/schemas/${name}.json has no properties.`);
  return Object.keys(properties).filter((key) => {
    const field = properties[key];
    return isSchema(field) && field['x-beta'] === true;
  });
}

function list(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(', ')}]`;
}
