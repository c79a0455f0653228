// Models lists that no client can use: the run ends, in bounded time and memory, with findings that name the cause.
import { describe, expect, test } from 'vitest';
import { mapBody } from '../mock/faults/reply-faults.ts';
import { createMock } from '../mock/index.ts';
import { listen } from '../endpoint/node/index.ts';
import { run } from '../runner/index.ts';
import type { RunRecord, Verdict } from '../spec/index.ts';

interface Ended {
  readonly record: RunRecord;
  readonly failed: Readonly<Record<string, string>>;
}

/** What the run says of a server whose models list is that. */
async function runAgainst(list: unknown, options: { readonly model?: string } = { model: 'mock-model' }): Promise<Ended> {
  const transform = mapBody((body) => ('has_more' in body ? list : body));
  await using server = await listen(createMock(), { port: 0, transform });
  const only = ['models.*', 'http.*', 'count-tokens.*'];
  const record = await run({ baseUrl: server.url, apiKey: 'test-key', timeoutMs: 5000, only, ...options });
  const found = ({ check, findings: [first] }: Verdict): readonly [string, string] => [check, first?.found ?? ''];
  const failed = record.verdicts.filter(({ outcome }) => ['fail', 'warn', 'harness-error'].includes(outcome)).map(found);
  return { record, failed: Object.fromEntries(failed) };
}

const huge = Array.from({ length: 50_000 }, (_, index) => ({
  type: 'model',
  id: `model-${index}`,
  display_name: `Model ${index} ${'x'.repeat(120)}`,
  created_at: '2026-01-01T00:00:00Z',
}));

describe('a models list', () => {
  test('that is empty is reported as that, and nothing behind it is blamed', async () => {
    const { record, failed } = await runAgainst({ data: [], has_more: false, first_id: null, last_id: null });
    expect(failed).toEqual({ 'models.list.not-empty': '[]' });
    expect(record.ended).toBe('finished');
    expect(record.exitCode).toBe(0);
  });

  test('that is empty leaves a run without a model at its beginning, with the flag that helps', async () => {
    const { record } = await runAgainst({ data: [], has_more: false, first_id: null, last_id: null }, {});
    expect(record.exitCode).toBe(2);
    expect(record.endedBecause).toContain('/v1/models names no model');
    expect(record.endedBecause).toContain('--model NAME');
  });

  test('of OpenAI is named, once', async () => {
    const { record, failed } = await runAgainst({ object: 'list', data: [{ id: 'mock-model', object: 'model', created: 1767225600 }] });
    expect(failed['models.list.not-foreign']).toBe('the models list of OpenAI');
    expect(Object.keys(failed).filter((check) => check.startsWith('models.item.') || check === 'models.list.shape')).toEqual([]);
    expect(record.exitCode).toBe(1);
  });

  test('of 10 MB ends the run in seconds, and is said to be too long', { timeout: 30_000 }, async () => {
    const before = process.memoryUsage().rss;
    const { record, failed } = await runAgainst({ data: huge, has_more: false, first_id: 'model-0', last_id: 'model-49999' });
    expect(record.ended).toBe('finished');
    expect(record.totals['harness-error']).toBe(0);
    expect(failed['models.list.size']).toMatch(/^1\d{7} bytes$/);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
    expect(JSON.stringify(record).length).toBeLessThan(20 * 1024 * 1024);
  });
});
