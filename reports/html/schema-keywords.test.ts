import { expect, it } from 'vitest';
import { streamExchange } from '../record.fixture.ts';
import type { ExchangeView } from './run-view.ts';
import { keywordUses } from './schema-keywords.ts';

function asked(id: string, status: number, request: Readonly<Record<string, unknown>>): ExchangeView {
  const exchange = { ...streamExchange, id, response: { ...streamExchange.response!, status } };
  return { exchange, steps: [], request, findings: [], streamFacts: undefined, stream: undefined };
}

const withTool = (schema: unknown, strict = false): Readonly<Record<string, unknown>> => ({
  tools: [{ name: 'f', input_schema: schema, ...(strict ? { strict } : {}) }],
});

const uses = (...views: readonly ExchangeView[]): readonly string[] =>
  keywordUses(views).map(({ place, keyword, accepted, refused }) => `${place} ${keyword}: ${accepted.join()}/${refused.join()}`);

it('tells keywords from names and from values', () => {
  const schema = {
    type: 'object',
    properties: { minLength: { enum: [{ maximum: 1 }] } },
    required: ['pattern'],
    $defs: { anyOf: { not: {} } },
  };
  expect(uses(asked('x1', 200, withTool(schema)))).toEqual(
    ['$defs', 'enum', 'not', 'properties', 'required', 'type'].map((keyword) => `tool ${keyword}: x1/`),
  );
});

it('suspects only what was never accepted, in its place', () => {
  expect(
    uses(
      asked('x1', 200, withTool({ type: 'object' })),
      asked('x2', 400, withTool({ type: 'object', pattern: 'a' })),
      asked('x3', 400, withTool({ type: 'object' }, true)),
      asked('x4', 500, withTool({ contains: {} })),
      asked('x5', 200, { output_config: { format: { schema: { format: 'date' } } } }),
    ),
  ).toEqual([
    'output_config format: x5/',
    'output_config format: date: x5/',
    'strict tool type: /x3',
    'tool pattern: /x2',
    'tool type: x1/',
  ]);
});

it('bears what is no request', () => {
  let deep: unknown = {};
  for (let depth = 0; depth < 5000; depth += 1) deep = { not: deep };
  expect(uses(asked('x1', 200, { tools: 7, output_config: null }), asked('x2', 200, withTool(deep)))).toEqual(['tool not: x2/']);
});
