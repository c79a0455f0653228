/** Schemas that a reply is guaranteed to follow, and what no grammar can guarantee. The endpoint has refused what the API itself refuses. */
import type { CountTokensRequest, CustomTool } from '../../spec/index.ts';
import type { JsonObject } from '../../spec/json.ts';
import { partsOf } from '../../spec/validation/rules/schema-limits.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { refusal } from './refusal.ts';

/** Keywords that the grammar leaves to the model. Formats of strings are only notes. */
const unheld = [
  'pattern',
  'not',
  'if',
  'contains',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedProperties',
  'unevaluatedItems',
] as const;

/** The format of the reply. @throws ApiError 400 for a schema to which the model cannot be held. */
export function replyFormat({ output_config: output, messages }: CountTokensRequest): Schema | undefined {
  const schema = output?.format?.schema;
  if (schema === undefined) return undefined;
  refuseUnheld(schema, 'output_config.format.schema');
  if (messages.at(-1)?.role === 'assistant')
    throw refusal('messages', 'the last message cannot be an assistant message together with output_config.format');
  return schema;
}

/** @throws ApiError 400 for a strict tool to which the model cannot be held. `isGuarded`: a grammar holds the calls that it begins itself. */
export function refuseUnheldTools(tools: readonly CustomTool[], isGuarded: boolean): void {
  for (const [index, { strict, input_schema: schema }] of tools.entries()) {
    if (strict !== true) continue;
    if (!isGuarded) throw refusal(`tools.${index}.strict`, 'this server cannot hold calls of this model to their schema');
    refuseUnheld(schema, `tools.${index}.input_schema`);
  }
}

function refuseUnheld(schema: JsonObject, where: string): void {
  for (const { part, pointer } of partsOf(schema)) {
    const keyword = unheld.find((name) => part[name] !== undefined);
    if (keyword === undefined) continue;
    const place = [where, ...pointer.split('/').slice(1), keyword].join('.');
    throw refusal(place, 'this server cannot hold the model to this keyword');
  }
}
