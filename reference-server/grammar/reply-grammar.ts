/** The grammar of a reply whose format the request gives: JSON of that schema, or a call of an offered tool instead. */
import type { CustomTool } from '../../spec/index.ts';
import type { Family } from '../families/family.ts';
import { choice, sequence } from './expression.ts';
import type { GrammarLimits } from './json-rules.ts';
import { literal } from './literal.ts';
import { GrammarBuilder } from './schema-grammar.ts';
import type { Schema } from './schema-shape.ts';
import { callExpression } from './tool-grammar.ts';

/** What a reply may be. */
export interface ReplyForm {
  readonly schema: Schema;
  readonly family: Pick<Family, 'calls' | 'messages'>;
  /** Tools that it may call instead. */
  readonly tools: readonly CustomTool[];
  /** Whether thinking comes first: then something may lead over to the answer. */
  readonly isLed: boolean;
}

/**
 * A grammar for the whole text. Objects have their required properties first, then the others, both in schema order, as officially.
 *
 * @throws SchemaError where there is none.
 */
export function replyGrammar({ schema, family, tools, isLed }: ReplyForm, limits: GrammarLimits = {}): string {
  const { calls, messages } = family;
  const builder = new GrammarBuilder(limits, { isRequiredFirst: true });
  const json = builder.inner([schema], schema);
  const answer = messages === undefined ? json : sequence(literal(messages.answer), json);
  const call = tools.length === 0 ? [] : [sequence(literal(calls.prefix), callExpression(builder, tools, calls, 'name'))];
  // Models write line breaks after their thinking, or begin another message; where the server ended the thinking it has done so itself.
  const lead = messages === undefined ? String.raw`"\n"{0,2}` : `${literal(messages.next)}{0,1}`;
  return builder.finish(sequence(...(isLed ? [lead] : []), choice([answer, ...call])));
}
