// The mock in a page of a real browser, behind MSW's service worker.
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { servePage } from './browser-page.fixture.ts';
import type { PageReport } from './browser.page.ts';
import { findChromium, noChromium } from './chromium.fixture.ts';

const executablePath = findChromium();
if (executablePath === undefined) console.warn(`tests/browser.full.test.ts is skipped: ${noChromium}.`);

/** What the page reports, and what it complains about. */
async function visit(msw: 'msw' | 'msw2'): Promise<{ readonly report: PageReport; readonly complaints: readonly string[] }> {
  await using served = await servePage(msw);
  await using browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }) });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(served.url);
  return { report: await page.evaluate(() => globalThis.report), complaints };
}

const names = (text: string): readonly string[] =>
  [...text.matchAll(/^event: (.+)$/gm)].flatMap(([, name = '']) => (name === 'ping' ? [] : name));
const texts = (text: string): readonly string[] =>
  [...text.matchAll(/"type":"text_delta","text":"([^"]+)"/g)].flatMap(([, said = '']) => said);

describe.each(['msw', 'msw2'] as const)('The mock in a browser, with %s', (msw) => {
  test('answers as it does elsewhere', async ({ skip }) => {
    skip(executablePath === undefined, noChromium);
    const { report, complaints } = await visit(msw);
    expect(complaints).toEqual([]);

    expect(report.created).toMatchObject({ status: 200, framing: [null, null] });
    expect(JSON.parse(report.created.text)).toMatchObject({ content: [{ text: 'It rains.' }], stop_reason: 'end_turn' });
    expect(report.refused.status).toBe(529);
    expect(JSON.parse(report.refused.text)).toMatchObject({ error: { type: 'overloaded_error' } });
    expect(JSON.parse(report.models.text)).toMatchObject({ data: [{ id: 'mock-model' }] });
    expect(JSON.parse(report.relative.text)).toMatchObject({ content: [{ text: 'Near.' }] });

    expect(report.streamed).toMatchObject({ status: 200, framing: [null, null] });
    expect(report.streamed.broken).toBeUndefined();
    expect(texts(report.streamed.text).join('')).toBe('It rains.');
    expect(new Set(names(report.streamed.text))).toEqual(
      new Set(['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop']),
    );
    expect(report.driven.map(texts)).toEqual([['It '], ['rains.']]);

    expect(report.reset).toMatchObject({ status: 200, broken: 'TypeError' });
    expect(texts(report.reset.text).join('')).toBe('It ra');
    expect(names(report.reset.text)).not.toContain('content_block_stop');
    expect(report.resetAtOnce).toMatchObject({ status: 200, broken: 'TypeError' });

    expect(report.aborted).toMatchObject({ status: 200, broken: 'AbortError' });
    expect(report.abortedOutcome).toBe('aborted');
  });
});
