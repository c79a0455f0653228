// Validates a JSON value against one of the published schemas.
import {
  mostErrors,
  validateContentBlock,
  validateContentBlockParam,
  validateCountTokens,
  validateCountTokensRequest,
  validateError,
  validateMessage,
  validateMessagesRequest,
  validateModel,
  validateModelsList,
  validateStreamEvent,
  validateTool,
  validateUsage,
  type SchemaError,
  type Validator,
} from '../generated/validators.js';
import { asText } from '../as-text.ts';
import { explainSchemaError } from './explain.ts';
import { pointerTo, type Problem } from './problem.ts';

/** The schemas that can be validated against, named like the files in `spec/schemas`. */
export type SchemaName =
  | 'messages-request'
  | 'count-tokens-request'
  | 'message'
  | 'stream-event'
  | 'count-tokens'
  | 'model'
  | 'models-list'
  | 'error'
  | 'tool'
  | 'content-block'
  | 'content-block-param'
  | 'usage';

interface Entry {
  readonly check: Validator;
  /** Requests are closed; in responses whatever is merely unknown is advice, since servers may add to them. */
  readonly side: 'request' | 'response';
}

const entries: Readonly<Record<SchemaName, Entry>> = {
  'messages-request': { check: validateMessagesRequest, side: 'request' },
  'count-tokens-request': { check: validateCountTokensRequest, side: 'request' },
  tool: { check: validateTool, side: 'request' },
  'content-block-param': { check: validateContentBlockParam, side: 'request' },
  message: { check: validateMessage, side: 'response' },
  'stream-event': { check: validateStreamEvent, side: 'response' },
  'count-tokens': { check: validateCountTokens, side: 'response' },
  model: { check: validateModel, side: 'response' },
  'models-list': { check: validateModelsList, side: 'response' },
  error: { check: validateError, side: 'response' },
  'content-block': { check: validateContentBlock, side: 'response' },
  usage: { check: validateUsage, side: 'response' },
};

/**
 * What is wrong with a value, at most 100 problems and one per place; empty if nothing is. Unknown fields, union types and enum values
 * are errors in a request and advice in a response. Structure comes first, unknown fields last. Never throws, and never recurses
 * deeper than the schemas do, whatever the value.
 */
export function validate(schema: SchemaName, value: unknown): readonly Problem[] {
  return validateAll(schema, value).problems;
}

/** What a schema says of a value. */
export interface Validation {
  readonly problems: readonly Problem[];
  /** Fields of a request that exist only with a beta header. */
  readonly betaFields: readonly BetaField[];
  /** False where a value has so many problems that some were dropped. */
  readonly isComplete: boolean;
}

/** A field that exists only with a beta header (`x-beta` in the schemas). */
export interface BetaField {
  readonly pointer: string;
  /** Name of the beta header without its date. */
  readonly family: string;
}

/** Like `validate`, and tells which beta fields there are, and whether all problems are. */
export function validateAll(schema: SchemaName, value: unknown): Validation {
  const { check, side } = entries[schema];
  if (check(value) || check.errors === null) return { problems: [], betaFields: [], isComplete: true };
  const structure = new Map<string, Problem>();
  const unknown = new Map<string, Problem>();
  const betaFields: BetaField[] = [];
  for (const error of check.errors) {
    const pointer = placeOf(error);
    if (error.keyword === 'x-beta') {
      betaFields.push({ pointer, family: asText(error.params['family']) });
      continue;
    }
    const problems = isUnknown(error.keyword) ? unknown : structure;
    // The first complaint about a place is the most basic one: its type comes before its value.
    if (structure.has(pointer) || unknown.has(pointer) || problems.size >= mostErrors) continue;
    const level = side === 'response' && isUnknown(error.keyword) ? 'advice' : 'error';
    problems.set(pointer, { pointer, keyword: error.keyword, ...explainSchemaError(error), level });
  }
  const values = [...unknown.values()].sort((a, b) => Number(a.keyword !== 'enum') - Number(b.keyword !== 'enum'));
  return { problems: [...structure.values(), ...values].slice(0, mostErrors), betaFields, isComplete: check.errors.length < mostErrors };
}

/** True for a keyword whose breach only means that we do not know what was found: a new field, a new union type, a new value. */
export function isUnknown(keyword: string): boolean {
  return keyword === 'additionalProperties' || keyword === 'enum';
}

function placeOf({ keyword, instancePath, params }: SchemaError): string {
  switch (keyword) {
    case 'required':
      return pointerTo(instancePath, asText(params['missingProperty']));
    case 'additionalProperties':
      return pointerTo(instancePath, asText(params['additionalProperty']));
    default:
      return instancePath;
  }
}
