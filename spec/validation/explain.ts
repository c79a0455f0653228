// Words for the JSON Schema keywords that the schemas use.
import type { SchemaError } from '../generated/validators.js';
import { isJsonObject } from '../json.ts';
import { asText } from '../as-text.ts';

/** Says of a broken keyword what must hold. */
export function explainSchemaError({ keyword, params }: SchemaError): { readonly message: string; readonly expected: string } {
  const limit = Number(params['limit']);
  switch (keyword) {
    case 'required':
      return { message: 'is required', expected: `the field ${asText(params['missingProperty'])}: ${missing(params['is'])}` };
    case 'type': {
      const types = typeNames(params['type']);
      return { message: `must be ${types}`, expected: types };
    }
    case 'enum': {
      const values = valueList(params['allowedValues']);
      return { message: `must be one of ${values}`, expected: `one of ${values}` };
    }
    case 'const': {
      const value = JSON.stringify(params['allowedValue']);
      return { message: `must be ${value}`, expected: value };
    }
    case 'additionalProperties':
      return { message: 'is not a known field', expected: 'no such field' };
    case 'minimum':
      return { message: `must be at least ${limit}`, expected: `at least ${limit}` };
    case 'maximum':
      return { message: `must be at most ${limit}`, expected: `at most ${limit}` };
    case 'minLength':
    case 'minItems':
      return limit === 1
        ? { message: 'must not be empty', expected: 'not empty' }
        : { message: `must have at least ${limit} ${unit(keyword)}`, expected: `at least ${limit} ${unit(keyword)}` };
    case 'maxLength':
    case 'maxItems':
      return { message: `must have at most ${limit} ${unit(keyword)}`, expected: `at most ${limit} ${unit(keyword)}` };
    case 'pattern':
      return { message: `must match ${asText(params['pattern'])}`, expected: `a match of ${asText(params['pattern'])}` };
    default:
      return { message: `breaks the rule "${keyword}"`, expected: keyword };
  }
}

/** What a missing field has to be. Of a union only its tag is required. */
function missing(is: unknown): string {
  const { allowedValue, allowedValues, type } = isJsonObject(is) ? is : { type: 'string' };
  if (allowedValue !== undefined) return JSON.stringify(allowedValue);
  return allowedValues === undefined ? typeNames(type) : `one of ${valueList(allowedValues)}`;
}

const articles: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'a boolean',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

function typeNames(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  return types.map((name) => articles[String(name)] ?? String(name)).join(' or ');
}

function valueList(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : asText(values);
}

function unit(keyword: string): string {
  return keyword.endsWith('Items') ? 'entries' : 'characters';
}
