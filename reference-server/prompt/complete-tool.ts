/**
 * A tool with everything that templates read without looking whether it is there: a description of the tool and of each argument, and one
 * type each. For show only: calls are held to the schema of the request. Hermes 2 Pro and Gemma 4 fail on `anyOf` without it.
 */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import type { ToolDefinition } from './tool-definitions.ts';

/** Schemas may refer to themselves: what is nested deeper is shown as it is. */
const deepest = 8;

export function completeTool(tool: ToolDefinition): ToolDefinition {
  const { parameters } = tool.function;
  const completed = complete({ ...parameters, type: 'object' }, parameters, 0);
  return { ...tool, function: { description: '', ...tool.function, parameters: completed } };
}

function complete(value: unknown, root: JsonObject, depth: number): JsonObject {
  const schema = isJsonObject(value) ? value : {};
  const shown = { ...meant(schema, root), ...schema };
  const type = typeOf(shown);
  const completed = { ...shown, type, description: typeof shown['description'] === 'string' ? shown['description'] : '' };
  if (depth === deepest) return completed;
  if (type === 'array') return { ...completed, items: complete(shown['items'], root, depth + 1) };
  if (type !== 'object') return completed;
  const properties = isJsonObject(shown['properties']) ? Object.entries(shown['properties']) : [];
  return { ...completed, properties: Object.fromEntries(properties.map(([name, inner]) => [name, complete(inner, root, depth + 1)])) };
}

/** The schema that a reference or a choice stands for: of a choice the first that is not null. */
function meant(schema: JsonObject, root: JsonObject): JsonObject {
  const choices = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => (Array.isArray(schema[keyword]) ? schema[keyword] : []));
  const chosen: unknown = choices.find((choice) => isJsonObject(choice) && choice['type'] !== 'null') ?? referred(schema['$ref'], root);
  if (!isJsonObject(chosen)) return {};
  const target: unknown = chosen['$ref'] === undefined ? undefined : referred(chosen['$ref'], root);
  return isJsonObject(target) ? { ...target, ...chosen } : chosen;
}

/** What a reference within the schema names. */
function referred(reference: unknown, root: JsonObject): unknown {
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return undefined;
  const path = reference.slice(2).split('/');
  return path.reduce<unknown>((at, name) => (isJsonObject(at) ? at[name] : undefined), root);
}

function typeOf(schema: JsonObject): string {
  const types: unknown[] = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
  const named = types.find((type) => typeof type === 'string' && type !== 'null');
  if (typeof named === 'string') return named;
  if ('properties' in schema) return 'object';
  if ('items' in schema) return 'array';
  const values: unknown[] = 'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : [];
  const value = values.find((one) => one !== null);
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'object' ? typeof value : 'string';
}
