/** Grammars that hold a tool call to its form: one of the offered names, then arguments that follow that tool's schema. */
import type { CustomTool } from '../../spec/index.ts';
import { afterOpen, type CallSyntax } from '../families/family.ts';
import { choice, empty, type Expression, nothing, sequence } from './expression.ts';
import type { GrammarLimits } from './json-rules.ts';
import { literal } from './literal.ts';
import { markedNotation } from './marked-notation.ts';
import { json, type Notation } from './notation.ts';
import { GrammarBuilder } from './schema-grammar.ts';
import { isSchema, type Schema } from './schema-shape.ts';
import { taggedNotation } from './tagged-notation.ts';
import { typesOf } from './value-types.ts';

/** Where the model takes over: after the opening mark, where the name begins, or where the arguments begin. */
export type CallPosition = 'mark' | 'name' | 'arguments';

export interface CallGrammarOptions {
  readonly limits?: GrammarLimits;
  /** Any JSON object as arguments, for schemas that make no valid grammar. */
  readonly isLoose?: boolean;
}

/**
 * The grammar for the rest of a call. It goes on beyond the arguments although the server writes what follows them itself: a token such
 * as `"}}` ends a string, the arguments and more, and a model kept from writing it would rather go on with its string for ever.
 * With `arguments`, `tools` holds the one tool whose name is already written.
 */
export function callGrammar(
  tools: readonly CustomTool[],
  syntax: CallSyntax,
  position: CallPosition,
  options: CallGrammarOptions = {},
): string {
  const builder = new GrammarBuilder(options.limits);
  return builder.finish(callExpression(builder, tools, syntax, position, options.isLoose));
}

/** The same as part of a larger grammar. */
export function callExpression(
  builder: GrammarBuilder,
  tools: readonly CustomTool[],
  syntax: CallSyntax,
  position: CallPosition,
  isLoose = false,
): Expression {
  const input = (tool: CustomTool): Expression =>
    argumentsExpression(builder, isLoose ? widest(tool.input_schema) : tool.input_schema, syntax);
  const { between, suffix, count } = syntax;
  const counted: Expression = count === undefined ? empty : `${literal(count)} [0-9]{1,3}`;
  const first = position === 'arguments' ? choice(tools.map(input)) : undefined;
  const named =
    first !== undefined && between === undefined
      ? nothing
      : choice(
          tools.map((tool) =>
            builder.rule(`call-${tool.name}`, sequence(literal(tool.name), counted, literal(syntax.afterName), input(tool))),
          ),
        );
  const others = between === undefined ? [] : [{ repeated: builder.rule('next-call', sequence(literal(between), named)), least: 0 }];
  const beforeName = position === 'mark' ? [literal(afterOpen(syntax))] : [];
  return sequence(...beforeName, first ?? named, ...others, literal(suffix));
}

/** The arguments of a call, in the words of the family. */
export function argumentsExpression(builder: GrammarBuilder, schema: Schema, syntax: Pick<CallSyntax, 'notation'>): Expression {
  return builder.spelled(notationOf(syntax), () => builder.inner(inputSchemas(schema), schema));
}

function notationOf({ notation }: Pick<CallSyntax, 'notation'>): Notation {
  switch (notation?.form) {
    case undefined:
      return json;
    case 'tagged':
      return taggedNotation(notation);
    case 'marked':
      return markedNotation(notation.quote);
  }
}

/** Any arguments, each of a type that it may have: readers go by the type. */
function widest(schema: Schema): Schema {
  const properties = isSchema(schema['properties']) ? Object.entries(schema['properties']) : [];
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map(([name, value]) => [name, { type: [...typesOf(value, schema)] }])),
    additionalProperties: true,
  };
}

const anyInput: Schema = { type: 'object' };
const noInput: Schema = { type: 'object', additionalProperties: false };
const speaking = [
  'properties',
  'additionalProperties',
  'patternProperties',
  'required',
  'const',
  'enum',
  '$ref',
  'allOf',
  'anyOf',
  'oneOf',
] as const;

/** What holds for the arguments of a tool: its schema, and that they are an object. A tool that names no argument has none. */
function inputSchemas(schema: Schema): readonly Schema[] {
  return [schema, speaking.some((keyword) => keyword in schema) ? anyInput : noInput];
}
