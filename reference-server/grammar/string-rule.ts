/** Strings: their length, and one pattern or format where it is a regular expression. */
import { choice, empty, type Expression, nothing, sequence, times } from './expression.ts';
import { formatPattern, unheldFormats } from './formats.ts';
import { literal } from './literal.ts';
import { lengths, type Pattern } from './pattern.ts';
import type { GrammarBuilder } from './schema-grammar.ts';
import { leastGenerous, mostDemanding, type Schema } from './schema-shape.ts';

/** GBNF writes a bounded repetition out, and llama.cpp takes no more than 2,000. Longer strings are not written, shorter ones not promised. */
const mostWrittenOut = 1500;

export function stringExpression(builder: GrammarBuilder, schemas: readonly Schema[]): Expression {
  let least = mostDemanding(schemas, 'minLength');
  const most = leastGenerous(schemas, 'maxLength');
  if (most !== undefined && most < least) return nothing;
  const pattern = patternOf(builder, schemas, least, most);
  if (pattern !== undefined) return patternString(builder, pattern);
  if (least > mostWrittenOut) {
    for (const schema of schemas.filter((one) => 'minLength' in one)) builder.lose('minLength', schema);
    least = mostWrittenOut;
  }
  return freeString(builder, least, most === undefined ? undefined : Math.min(most, mostWrittenOut));
}

/** A JSON string that `pattern` matches as a whole. */
export function patternString(builder: GrammarBuilder, pattern: Pattern): Expression {
  const { open, close } = builder.notation.string;
  return sequence(literal(open), written(builder, pattern), literal(close));
}

/** Without bounds of its own a string has the builder's, but never less than what the schema asks for. */
function freeString(builder: GrammarBuilder, least: number, most: number | undefined): Expression {
  const limit = builder.limits.characters;
  const { open, close, any, character } = builder.notation.string;
  if (least === 0 && most === undefined) return any;
  const end = limit === undefined ? most : Math.min(most ?? Number.POSITIVE_INFINITY, Math.max(limit, least));
  return `${literal(open)} ${end === 0 ? '""' : `${character}${times(least, end)}`} ${literal(close)}`;
}

interface Source {
  readonly schema: Schema;
  readonly keyword: 'pattern' | 'format';
  readonly text: string;
}

/** What the string is held to. A grammar holds one pattern only: of several, the first that can be read, and the others are lost. */
function patternOf(builder: GrammarBuilder, schemas: readonly Schema[], least: number, most: number | undefined): Pattern | undefined {
  let held: { readonly pattern: Pattern; readonly text: string } | undefined;
  for (const { schema, keyword, text } of sources(builder, schemas)) {
    if (held?.text === text) continue;
    const read = held === undefined ? builder.pattern(text) : undefined;
    const fitted = read === undefined ? undefined : withLength(read, least, most);
    if (fitted === undefined) builder.lose(keyword, schema);
    else held = { pattern: fitted, text };
  }
  return held?.pattern;
}

function sources(builder: GrammarBuilder, schemas: readonly Schema[]): Source[] {
  const found: Source[] = [];
  for (const schema of schemas) {
    if (typeof schema['pattern'] === 'string') found.push({ schema, keyword: 'pattern', text: schema['pattern'] });
  }
  for (const schema of schemas) {
    const { format } = schema;
    if (typeof format !== 'string') continue;
    const text = formatPattern(format);
    if (text !== undefined) found.push({ schema, keyword: 'format', text });
    else if (unheldFormats.has(format)) builder.lose('format', schema);
  }
  return found;
}

/** The pattern with the length that is asked for; undefined where that is not a matter of one repeated character. */
function withLength(pattern: Pattern, least: number, most = Number.POSITIVE_INFINITY): Pattern | undefined {
  const length = lengths(pattern);
  if (length.least >= least && length.most <= most) return pattern;
  const parts = pattern.kind === 'sequence' ? pattern.parts : [pattern];
  const free = parts.filter((part) => {
    const { least: fewest, most: longest } = lengths(part);
    return fewest !== longest;
  });
  const [only, ...others] = free;
  if (only?.kind !== 'repeat' || only.part.kind !== 'class' || others.length > 0) return undefined;
  const fixed = length.least - only.least;
  const from = Math.max(only.least, least - fixed);
  const to = Math.min(only.most, most - fixed);
  if (to < from || from > mostWrittenOut) return undefined;
  const fitted: Pattern = { ...only, least: from, most: Math.min(to, to === Number.POSITIVE_INFINITY ? to : mostWrittenOut) };
  return pattern.kind === 'sequence' ? { kind: 'sequence', parts: parts.map((part) => (part === only ? fitted : part)) } : fitted;
}

function written(builder: GrammarBuilder, pattern: Pattern): Expression {
  switch (pattern.kind) {
    case 'start':
    case 'end':
      return empty;
    case 'class':
      return builder.notation.string.written(pattern.ranges) ?? nothing;
    case 'choice':
      return choice(pattern.options.map((option) => written(builder, option)));
    case 'sequence':
      return sequence(...pattern.parts.map((part) => written(builder, part)));
    case 'repeat': {
      const limit = builder.limits.characters;
      const isEndless = pattern.most === Number.POSITIVE_INFINITY;
      const most = isEndless ? (limit === undefined ? undefined : Math.max(limit, pattern.least)) : pattern.most;
      const inner = written(builder, pattern.part);
      // A rule of its own: llama.cpp multiplies the repetitions that stand inside one another.
      const part = typeof inner === 'string' && pattern.part.kind === 'class' ? inner : builder.rule('part', inner);
      return { repeated: part, least: pattern.least, ...(most === undefined ? {} : { most }) };
    }
  }
}
