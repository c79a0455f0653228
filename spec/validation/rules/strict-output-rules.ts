// Rules on schemas that output must follow: the format of an answer, and the arguments of strict tools.
// https://platform.claude.com/docs/en/build-with-claude/structured-outputs
import type { CustomTool, Tool } from '../../generated/types.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../problem.ts';
import { findInBlocks } from './find-block.ts';
import type { Breach, CheckedRequest, RequestRule } from './request-rule.ts';
import { partsOf, schemaLimits } from './schema-limits.ts';

const mostStrictTools = 20;
const mostOptional = 24;
const mostUnions = 16;

/** In the order in which they are checked. */
export const strictOutputRules: readonly RequestRule[] = [
  {
    id: 'format-schema-unsupported',
    requirements: ['err.in.format-schema-unsupported'],
    find: (request) => formatLimit(request, true),
  },
  {
    id: 'format-schema-beyond',
    requirements: ['err.in.format-schema-unsupported'],
    certainty: 'doubtful',
    find: (request) => formatLimit(request, false),
  },
  {
    id: 'strict-schema-unsupported',
    requirements: ['tool.def.strict'],
    certainty: 'doubtful',
    find: ({ tools = [] }) => {
      for (const [at, tool] of tools.entries()) {
        const [limit] = isStrict(tool) ? schemaLimits(tool.input_schema) : [];
        if (limit) return breach(pointerTo('/tools', at, 'input_schema'), limit);
      }
      return undefined;
    },
  },
  {
    id: 'strict-limits',
    requirements: ['tool.def.strict-limits'],
    certainty: 'doubtful',
    find: ({ tools = [], output_config }) => {
      const strict = tools.filter(isStrict);
      if (strict.length > mostStrictTools) return tooMany(`${mostStrictTools} strict tools`);
      const format = output_config?.format?.schema;
      const schemas: readonly JsonObject[] = [...strict.map(({ input_schema: schema }) => schema), ...(format ? [format] : [])];
      const parts = schemas.flatMap((schema) => Array.from(partsOf(schema)));
      if (sum(parts.map(({ part }) => optionalIn(part))) > mostOptional) return tooMany(`${mostOptional} optional arguments`);
      return parts.filter(({ part }) => isUnion(part)).length > mostUnions
        ? tooMany(`${mostUnions} arguments of several types`)
        : undefined;
    },
  },
  {
    id: 'format-with-citations',
    requirements: ['err.in.format-with-citations'],
    certainty: 'doubtful',
    find: ({ messages, output_config }) => {
      if (!output_config?.format) return undefined;
      for (const [at, { content }] of messages.entries()) {
        const steps = findInBlocks(content, ({ citations }) =>
          isJsonObject(citations) && citations['enabled'] === true ? ['citations', 'enabled'] : undefined,
        );
        if (!steps) continue;
        const pointer = pointerTo('/messages', at, 'content', ...steps);
        return { pointer, message: 'must not be combined with output_config.format', expected: 'citations that are off' };
      }
      return undefined;
    },
  },
];

function formatLimit({ output_config }: CheckedRequest, isSure: boolean): Breach | undefined {
  const schema = output_config?.format?.schema;
  const limit = schema && schemaLimits(schema).find((one) => one.isSure === isSure);
  return limit && breach('/output_config/format/schema', limit);
}

function breach(root: string, { pointer, message }: { readonly pointer: string; readonly message: string }): Breach {
  return { pointer: `${root}${pointer}`, message, expected: 'a schema that strict output supports' };
}

function tooMany(limit: string): Breach {
  return { pointer: '/tools', message: `must not have more than ${limit} in all`, expected: `at most ${limit}` };
}

/** Tools of unknown types may have come with a beta header; only custom ones have a schema. */
function isStrict(tool: Tool): tool is CustomTool {
  return 'strict' in tool && tool.strict && 'input_schema' in tool;
}

function optionalIn({ properties, required }: JsonObject): number {
  if (!isJsonObject(properties)) return 0;
  const needed: ReadonlySet<unknown> = new Set(Array.isArray(required) ? required : []);
  return Object.keys(properties).filter((name) => !needed.has(name)).length;
}

function isUnion({ anyOf, type }: JsonObject): boolean {
  return Array.isArray(anyOf) || (Array.isArray(type) && type.length > 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
