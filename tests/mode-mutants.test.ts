// Every check on thinking and on structured output goes red on a server that has just that fault: the mock, asked something else than it was.
import { expect, test } from 'vitest';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint/index.ts';
import { listen } from '../endpoint/node/index.ts';
import { mapBody, withFault } from '../mock/faults/reply-faults.ts';
import { createMock } from '../mock/index.ts';
import { run } from '../runner/index.ts';
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import { checks as structuredOutput } from '../suites/structured-output/index.ts';
import { checks as thinking } from '../suites/thinking/index.ts';

/** What becomes of a request: another body, or a status with an error. */
type Change = (body: JsonObject) => JsonObject | number;

const checks = [...thinking, ...structuredOutput].map(({ id }) => id);

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((here, name) => (isJsonObject(here) ? here[name] : undefined), value);
const without = (body: JsonObject, name: string): JsonObject => Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
const formatOf = (body: JsonObject): unknown => at(body, 'output_config', 'format');
const withFormat = (body: JsonObject, format: unknown): JsonObject =>
  formatOf(body) === undefined ? body : { ...body, output_config: { format } };
const typeOf = (body: JsonObject): unknown => at(body, 'thinking', 'type');
const isLoop = ({ messages }: JsonObject): boolean => JSON.stringify(messages).includes('tool_result');

const withSchema =
  (schema: JsonObject): Change =>
  (body) =>
    withFormat(body, { ...Object(formatOf(body)), schema });

const noise = { type: 'object', properties: { noise: { type: 'boolean' } }, required: ['noise'], additionalProperties: false };

/** The right answer with its properties the other way round, as a constant. */
const reversed = {
  const: { wind: { strong: false, from: 'north' }, warm: true, sky: 'clear' },
} as const;

const mutants: readonly (readonly [title: string, change: Change, red: readonly string[]])[] = [
  [
    'ignores the format',
    (body) => without(body, 'output_config'),
    ['structured-output.reply.bare', 'structured-output.format.unknown-key-refused'],
  ],
  [
    'follows another schema',
    withSchema(noise),
    ['structured-output.reply.fits-schema', 'structured-output.stream.fits-schema', 'structured-output.thinking.text-fits'],
  ],
  [
    'forgets the format where there are tools',
    (body) => ('tools' in body ? { ...without(body, 'output_config'), tool_choice: { type: 'none' } } : body),
    ['structured-output.tools.call-or-json'],
  ],
  ['writes properties in another order', withSchema(reversed), ['structured-output.reply.property-order']],
  [
    'wants a name for the format',
    (body) => (formatOf(body) === undefined ? body : at(formatOf(body), 'name') === undefined ? 400 : without(body, 'output_config')),
    ['structured-output.format.name-not-needed', 'structured-output.format.as-stated'],
  ],
  [
    'cannot end JSON early',
    (body) => (formatOf(body) !== undefined && body['max_tokens'] === 1 ? 500 : body),
    ['structured-output.format.accepted', 'structured-output.cut.answered'],
  ],
  ['stumbles over output_format', (body) => ('output_format' in body ? 500 : body), ['structured-output.legacy.handled']],
  [
    'ignores thinking beside a prefill',
    (body) => (JSON.stringify(body['messages']).includes('"Hel"') ? without(body, 'thinking') : body),
    ['thinking.prefill.refused'],
  ],
  [
    'stumbles over thinking',
    (body) => (typeOf(body) === undefined ? body : 500),
    ['adaptive', 'enabled', 'disabled', 'between-tools'].map((mode) => `thinking.${mode}.handled`),
  ],
  [
    'refuses what its model supports',
    (body) => (typeOf(body) === undefined ? body : 400),
    ['adaptive', 'enabled', 'disabled', 'between-tools'].map((mode) => `thinking.${mode}.as-stated`),
  ],
  [
    'shows all thinking',
    (body) => (typeOf(body) === 'adaptive' ? { ...body, thinking: { type: 'adaptive' } } : body),
    ['thinking.display.omitted-empty', 'thinking.display.omitted-in-stream'],
  ],
  [
    'shows no thinking',
    (body) => (typeOf(body) === 'adaptive' ? { ...body, thinking: { type: 'adaptive', display: 'omitted' } } : body),
    ['thinking.display.summarized-text'],
  ],
  [
    'cannot begin to think within a tool loop',
    (body) => (typeOf(body) !== undefined && isLoop(body) ? 500 : body),
    ['thinking.loop.switched-on', 'thinking.loop.manual-handled'],
  ],
];

/** The server with the fault. */
function mutant(change: Change): Endpoint {
  const mock = createMock({ apiKeys: [] });
  return {
    async handle(request: EndpointRequest): Promise<Reply> {
      const { body } = request;
      const bytes = request.method === 'POST' && typeof body === 'function' ? await body(1024 * 1024) : undefined;
      if (bytes === undefined) return mock.handle(request);
      const changed = change(JSON.parse(new TextDecoder().decode(bytes)));
      return typeof changed === 'number' ? failure(changed) : mock.handle({ ...request, body: JSON.stringify(changed) });
    },
  };
}

function failure(status: number): Reply {
  const error = { type: status === 400 ? 'invalid_request_error' : 'api_error', message: 'No.' };
  return { kind: 'body', status, headers: [['content-type', 'application/json']], body: JSON.stringify({ type: 'error', error }) };
}

async function redChecks(endpoint: Endpoint): Promise<readonly string[]> {
  await using server = await listen(endpoint, { port: 0 });
  const record = await run({ baseUrl: server.url, only: ['thinking.*', 'structured-output.*'], timeoutMs: 10_000 });
  expect(record).toMatchObject({ ended: 'finished', totals: { 'harness-error': 0 } });
  return record.verdicts.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn' || outcome === 'info').map(({ check }) => check);
}

test.each(mutants)('a server that %s', async (_, change, red) => {
  expect(await redChecks(mutant(change))).toEqual(expect.arrayContaining([...red]));
});

test('a server that adds a remark to the JSON', async () => {
  const remark = { type: 'text', text: 'Is there anything else?', citations: null };
  const remarking = mapBody((body) => ('content' in body ? { ...body, content: [...body.content, remark] } : body));
  expect(
    await redChecks(
      withFault(
        mutant((body) => body),
        remarking,
      ),
    ),
  ).toEqual(['structured-output.reply.every-block-parses']);
});

test('without a fault nothing is red', async () => {
  expect(await redChecks(mutant((body) => body))).toEqual([]);
});

test('every check is red on one of them', () => {
  const red = new Set(['structured-output.reply.every-block-parses', ...mutants.flatMap(([, , ids]) => ids)]);
  expect(checks.filter((id) => !red.has(id))).toEqual([]);
});
