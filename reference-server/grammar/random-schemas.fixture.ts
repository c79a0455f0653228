/** The property that the grammar is for: what follows it is valid, whatever the schema, unless the grammar says what it does not keep to. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { assert, integer, property } from 'fast-check';
import { GbnfSampler, seeded } from './gbnf-sampler.fixture.ts';
import type { GrammarLimits } from './json-rules.ts';
import { SchemaError } from './schema-error.ts';
import { GrammarBuilder } from './schema-grammar.ts';
import type { Schema } from './schema-shape.ts';
import { schemas } from './schemas.fixture.ts';

export interface Tally {
  /** Schemas with a grammar that keeps to them in full. */
  held: number;
  /** Schemas with a keyword that is recorded as lost. */
  lost: number;
  /** Schemas that no value follows, or that are too large. */
  refused: number;
}

const samples = 6;

/** Throws with the smallest schema that an invalid text was written for. */
export function judgeRandomSchemas(runs: number, limits: GrammarLimits, seed?: number): Tally {
  const tally: Tally = { held: 0, lost: 0, refused: 0 };
  assert(
    property(schemas, integer(), (schema, start) => {
      const text = grammarOf(schema, limits, tally);
      if (text === undefined) return;
      const ajv = new Ajv2020({ strict: false, meta: false, validateSchema: false, validateFormats: false, logger: false });
      const isValid = ajv.compile(schema);
      const sampler = new GbnfSampler(text);
      const random = seeded(start);
      for (let count = 0; count < samples; count += 1) {
        const json = sampler.sample(random);
        if (!judged(isValid, JSON.parse(json))) throw new Error(`${json} is not valid: ${ajv.errorsText(isValid.errors)}`);
      }
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  );
  return tally;
}

function grammarOf(schema: Schema, limits: GrammarLimits, tally: Tally): string | undefined {
  const builder = new GrammarBuilder(limits);
  try {
    const text = builder.finish(builder.inner([schema], schema));
    tally[builder.losses.length > 0 ? 'lost' : 'held'] += 1;
    return builder.losses.length > 0 ? undefined : text;
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    tally.refused += 1;
    return undefined;
  }
}

/** A schema that is nothing but itself has no meaning: the validator never comes back, and whatever is written is as good. */
export function judged(isValid: (value: unknown) => boolean, value: unknown): boolean {
  try {
    return isValid(value);
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}
