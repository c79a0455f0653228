/** Schemas that a reply is guaranteed to follow, and what no grammar can guarantee. The endpoint has refused what the API itself refuses. */
import type { CountTokensRequest, CustomTool } from '../../spec/index.ts';
import type { JsonObject } from '../../spec/json.ts';
import { partsOf } from '../../spec/validation/rules/schema-limits.ts';
import { SchemaError } from '../grammar/schema-error.ts';
import { GrammarBuilder } from '../grammar/schema-grammar.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { argumentsExpression } from '../grammar/tool-grammar.ts';
import type { CallSyntax } from '../families/family.ts';
import { refusal } from './refusal.ts';

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
export function refuseUnheldTools(tools: readonly CustomTool[], isGuarded: boolean, calls: Pick<CallSyntax, 'notation'> = {}): void {
  for (const [index, { strict, input_schema: schema }] of tools.entries()) {
    if (strict !== true) continue;
    if (!isGuarded) throw refusal(`tools.${index}.strict`, 'this server cannot hold calls of this model to their schema');
    refuseUnheld(schema, `tools.${index}.input_schema`, calls);
  }
}

/** A grammar that keeps to the schema in full is the promise; where there is none, nothing is promised. */
function refuseUnheld(schema: JsonObject, where: string, calls?: Pick<CallSyntax, 'notation'>): void {
  const builder = new GrammarBuilder();
  try {
    builder.finish(calls === undefined ? builder.inner([schema], schema) : argumentsExpression(builder, schema, calls));
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    throw refusal(where, `this server cannot hold the model to this schema: ${error.message}`);
  }
  const [loss] = builder.losses;
  if (loss === undefined) return;
  const place = [where, ...pathOf(loss.schema, schema), loss.keyword].join('.');
  throw refusal(place, 'this server cannot hold the model to this keyword');
}

/** The way from the root of `schema` to one of its parts. */
function pathOf(wanted: Schema, schema: JsonObject): readonly string[] {
  for (const { part, pointer } of partsOf(schema)) if (part === wanted) return pointer.split('/').slice(1);
  return [];
}
