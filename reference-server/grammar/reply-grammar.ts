/** The grammar of a reply whose format the request gives: JSON of that schema, or a call of an offered tool instead. */
import type { CustomTool } from '../../spec/index.ts';
import type { CallDelimiters } from '../output/delimiters.ts';
import { choice, sequence } from './expression.ts';
import type { GrammarLimits } from './json-rules.ts';
import { literal } from './literal.ts';
import { GrammarBuilder } from './schema-grammar.ts';
import type { Schema } from './schema-shape.ts';
import { callExpression } from './tool-grammar.ts';

/** What a reply may be. */
export interface ReplyForm {
  readonly schema: Schema;
  /** Tools that it may call instead, and how. */
  readonly calls?: { readonly tools: readonly CustomTool[]; readonly syntax: CallDelimiters };
  /** Whether line breaks may come first: models write them after their thinking. */
  readonly mayLead: boolean;
}

/**
 * A grammar for the whole text. Objects have their required properties first, then the others, both in schema order, as officially.
 *
 * @throws SchemaError where there is none.
 */
export function replyGrammar({ schema, calls, mayLead }: ReplyForm, limits: GrammarLimits = {}): string {
  const builder = new GrammarBuilder(limits, { isRequiredFirst: true });
  const json = builder.inner([schema], schema);
  const call =
    calls === undefined ? [] : [sequence(literal(calls.syntax.open), callExpression(builder, calls.tools, calls.syntax, 'mark'))];
  return builder.finish(sequence(...(mayLead ? [String.raw`"\n"{0,2}`] : []), choice([json, ...call])));
}
