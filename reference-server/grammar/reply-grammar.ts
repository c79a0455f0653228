/** The grammar of a reply whose format the request gives: JSON of that schema, or a call of an offered tool instead. */
import type { CustomTool } from '../../spec/index.ts';
import type { CallDelimiters } from '../output/delimiters.ts';
import type { GrammarLimits } from './json-rules.ts';
import { literal } from './literal.ts';
import { GrammarBuilder } from './schema-grammar.ts';
import { isSchema, requiredNames, type Schema } from './schema-shape.ts';
import { callExpression } from './tool-grammar.ts';

/** What a reply may be. */
export interface ReplyForm {
  readonly schema: Schema;
  /** Tools that it may call instead, and how. */
  readonly calls?: { readonly tools: readonly CustomTool[]; readonly syntax: CallDelimiters };
  /** Whether line breaks may come first: models write them after their thinking. */
  readonly mayLead: boolean;
}

/** A grammar for the whole text. Objects have their required properties first, then the others, both in schema order, as officially. */
export function replyGrammar({ schema, calls, mayLead }: ReplyForm, limits: GrammarLimits = {}): string {
  const builder = new GrammarBuilder(limits);
  const ordered = requiredFirst(schema);
  const json = builder.schema(ordered, isSchema(ordered) ? ordered : schema);
  const call = calls === undefined ? '' : ` | ${literal(calls.syntax.open)} ${callExpression(builder, calls.tools, calls.syntax, 'mark')}`;
  return builder.finish(`${mayLead ? String.raw`"\n"{0,2} ` : ''}(${json}${call})`);
}

/** A copy in which the properties of every schema are in the order in which they are to be written. */
function requiredFirst(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(requiredFirst);
  if (!isSchema(value)) return value;
  const copy: Record<string, unknown> = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, requiredFirst(inner)]));
  if (isSchema(copy.properties)) {
    const required = new Set(requiredNames(value));
    const properties = Object.entries(copy.properties);
    copy.properties = Object.fromEntries([
      ...properties.filter(([name]) => required.has(name)),
      ...properties.filter(([name]) => !required.has(name)),
    ]);
  }
  return copy;
}
