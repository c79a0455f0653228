// The cells of the tool-use matrix are what they say: the recorded requests have that tool_choice, that mode and that form.
import { beforeAll, expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import { createMock } from '../mock/index.ts';
import { catalogue } from '../reports/catalogue.ts';
import { type RunView, runView } from '../reports/html/run-view.ts';
import { toolForms } from '../reports/html/tool-cells.ts';
import { cellOutcome } from '../reports/html/tool-report.ts';
import { run } from '../runner/index.ts';
import type { JsonObject } from '../spec/json.ts';

let view: RunView;

beforeAll(async () => {
  const server = await listen(createMock({ apiKeys: [] }), { port: 0 });
  const checks = toolForms.flatMap(({ cells }) => cells.flatMap((cell) => cell.checks));
  view = runView(await run({ baseUrl: server.url, only: [...new Set(checks)] }), catalogue);
  await server.close();
});

/** What a request or its answer must show to stand in a row. */
const forms: Readonly<Record<string, (request: string, answer: string) => boolean>> = {
  one: (request) => !request.includes('disable_parallel') && !request.includes('tool_result'),
  'at-most-one': (request) => request.includes('"disable_parallel_tool_use":true'),
  parallel: (request, answer) => [request, answer].some((text) => (text.match(/"type":"tool_use"/g) ?? []).length === 2),
  'no-argument': (request) => /"input_schema":\{("\$schema":"[^"]+",)?"type":"object","properties":\{\}/.test(request),
  strict: (request) => request.includes('"strict":true'),
  escapes: (request) => request.includes('\\\\'),
  'result-string': (request) => /"type":"tool_result"(,"tool_use_id":"\w+")?,"content":"/.test(request),
  'result-blocks': (request) => /"type":"tool_result"(,"tool_use_id":"\w+")?,"content":\[\{"type":"text"/.test(request),
  'result-error': (request) => request.includes('"is_error":true'),
  'result-image': (request) => /"tool_result".*"type":"image"/.test(request),
};

const cells = toolForms.flatMap(({ id, cells: own }) => own.map((cell) => ({ form: id, ...cell })));

test.each(cells)('$form, $choice, $mode: $step', ({ form, ...cell }) => {
  const seen = view.judged.get(cell.step);
  const request = seen?.request ?? {};
  const choice = (request['tool_choice'] as JsonObject | undefined)?.['type'] ?? 'auto';
  expect([choice, request['stream'] === true ? 'stream' : 'json']).toEqual([cell.choice, cell.mode]);
  const body = seen?.exchange.response?.body;
  expect(forms[form]?.(JSON.stringify(request), body?.kind === 'text' ? body.text : '')).toBe(true);
  expect(cellOutcome(cell, view)).toBe('pass');
});

test.each(cells.filter(({ choice }) => choice === 'any' || choice === 'tool'))(
  '$form, $choice, $mode: open where the answer has no call, whatever other exchanges had',
  (cell) => {
    const seen = view.judged.get(cell.step);
    if (seen?.exchange.response === undefined) throw new Error(`${cell.step} was not answered`);
    const response = { ...seen.exchange.response, body: { kind: 'text', text: '{"content":[{"type":"text","text":"No."}]}' } } as const;
    const silent = { ...seen, exchange: { ...seen.exchange, response }, streamFacts: undefined, stream: undefined };
    expect(cellOutcome(cell, { ...view, judged: new Map([...view.judged, [cell.step, silent]]) })).toBe('inconclusive');
  },
);
