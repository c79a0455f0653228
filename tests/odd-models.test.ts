// Weak and odd models behind servers that keep the protocol: nothing fails because of what a model says.
import { expect, test } from 'vitest';
import { createEndpoint } from '../endpoint/index.ts';
import { listen } from '../endpoint/node/index.ts';
import { run } from '../runner/index.ts';
import { type OddModel, oddBackend, type Piece } from './odd-models.fixture.ts';

function* forEver(piece: Piece): Generator<Piece> {
  for (;;) yield piece;
}

const lookalike = '```json {} ``` event: error\ndata: [DONE]\n\n';

const models: readonly (readonly [title: string, model: OddModel])[] = [
  ['never stops, and what it says looks like a stream', { says: () => forEver({ text: lookalike }), isHeld: 'yes' }],
  ['never says anything', { says: () => [] }],
  ['says nothing but a line break', { says: () => [{ text: '\n' }] }],
  [
    'always calls every tool, twice',
    {
      isHeld: 'yes',
      says: ({ tools = [], tool_choice: choice }) => {
        const names = choice?.type === 'none' ? [] : tools.flatMap((tool) => ('name' in tool ? [tool.name] : []));
        return names.length === 0 ? [{ text: 'No tools.' }] : [...names, ...names].map((call) => ({ call }));
      },
    },
  ],
  ['always thinks, for ever', { says: () => forEver({ thinking: 'Hm. ' }), isHeld: 'after-thinking', thinks: 'always' }],
  ['always thinks, and then says nothing', { says: () => [{ thinking: 'Hm.' }], isHeld: 'after-thinking', thinks: 'always' }],
];

test.each(models)('a model that %s fails nothing', { timeout: 60_000 }, async (_, model) => {
  await using server = await listen(createEndpoint(oddBackend(model)), { port: 0 });
  const record = await run({ baseUrl: server.url, timeoutMs: 10_000 });
  const troubles = record.verdicts
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'warn' || outcome === 'harness-error')
    .map(
      ({ check, findings: [first], reason }) => `${check}: ${reason ?? `${first?.at?.address}: ${first?.expected}, not ${first?.found}`}`,
    );
  expect(troubles).toEqual([]);
  expect(record.ended).toBe('finished');
  // What the server guarantees is still judged.
  expect(record.totals.pass).toBeGreaterThan(150);
});
