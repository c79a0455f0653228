// The HTML report in a real browser: opened from disk, searched, and entered by a deep link.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import { dropEvent } from '../mock/faults/reply-faults.ts';
import { createMock } from '../mock/index.ts';
import { catalogue } from '../reports/catalogue.ts';
import { hostileRecord } from '../reports/hostile.fixture.ts';
import { htmlReport } from '../reports/html/index.ts';
import { catalogue as smallCatalogue } from '../reports/record.fixture.ts';
import { run } from '../runner/index.ts';
import type { RunRecord } from '../spec/index.ts';
import { findChromium, noChromium } from './chromium.fixture.ts';

const executablePath = findChromium();
if (executablePath === undefined) console.warn(`tests/html-report.full.test.ts is skipped: ${noChromium}.`);

const failed = 'stream.order.ends-with-message-stop';

describe('The HTML report in a browser', { skip: executablePath === undefined }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'html-report-'));
  let browser: Browser;
  let address = '';
  let record: RunRecord;

  beforeAll(async () => {
    browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }) });
    const server = await listen(createMock({ apiKeys: [] }), { port: 0, transform: dropEvent('message_stop') });
    record = await run({ baseUrl: server.url });
    await server.close();
    address = saved('report.html', htmlReport(record, catalogue));
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  function saved(name: string, html: string): string {
    const path = join(folder, name);
    writeFileSync(path, html);
    return pathToFileURL(path).href;
  }

  /** A page, what it complained about, and what it tried to load besides itself. */
  async function open(
    url: string,
    width = 1280,
  ): Promise<{ readonly page: Page; readonly complaints: string[]; readonly loaded: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const complaints: string[] = [];
    const loaded: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => loaded.push(request.url()));
    await page.goto(url);
    return { page, complaints, loaded };
  }

  const visible = (page: Page): Promise<number> => page.locator('#checks details.check:not([hidden])').count();

  test('opens without a complaint and loads nothing', async () => {
    const { page, complaints, loaded } = await open(address);
    expect(complaints).toEqual([]);
    expect(loaded.filter((url) => !url.startsWith('data:'))).toEqual([address]);
    expect(await page.locator('h1').textContent()).toBe('Messages API conformance');
    expect(await page.locator('#search').isVisible()).toBe(true);
    await page.close();
  });

  test.each([1280, 400])('fits a window of %i pixels, every part unfolded', async (width) => {
    const { page } = await open(address, width);
    await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.close();
  });

  test('searches and filters', async () => {
    const { page } = await open(address);
    const all = await visible(page);
    expect(all).toBe(record.verdicts.length);
    await page.keyboard.press('/');
    await page.keyboard.type('ends-with message_stop');
    expect(await visible(page)).toBeGreaterThan(0);
    expect(await visible(page)).toBeLessThan(20);
    expect(await page.locator(`[id="${failed}"]`).isVisible()).toBe(true);
    expect(await page.locator('#shown').textContent()).toMatch(/^\d+ of \d+ checks$/);
    await page.locator('#q').fill('no-check-has-this');
    expect(await page.locator('#no-check').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => visible(page)).toBe(all);
    await page.selectOption('#area', 'models');
    expect(await visible(page)).toBe(record.verdicts.filter(({ check }) => check.startsWith('models.')).length);
    await page.close();
  });

  test('filters by an outcome that is clicked in the summary', async () => {
    const { page } = await open(address);
    await page.locator('.totals a[data-outcome=fail]').click();
    await expect.poll(() => page.locator('#checks details.check:not([hidden]):not([data-outcome=fail])').count()).toBe(0);
    expect(await visible(page)).toBeGreaterThan(0);
    await page.close();
  });

  test('shows what a deep link names, also inside of folded parts and behind a filter', async () => {
    const passed = 'http.json.parses';
    const { page } = await open(`${address}#${passed}`);
    expect(await page.locator(`[id="${passed}"] .body`).isVisible()).toBe(true);
    await page.locator('#q').fill('stream.order');
    expect(await page.locator(`[id="${passed}"]`).isVisible()).toBe(false);
    await page.evaluate((id) => (location.hash = id), 'models');
    await page.evaluate((id) => (location.hash = id), passed);
    await expect.poll(() => page.locator(`[id="${passed}"] .body`).isVisible()).toBe(true);
    await page.close();
  });

  test('reads without its script, deep links too', async () => {
    const passed = 'http.json.parses';
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(`${address}#${passed}`);
    expect(await page.locator(`[id="${passed}"] summary`).isVisible()).toBe(true);
    expect(await page.locator('#search').isVisible()).toBe(false);
    await page.close();
  });

  test('leads from a finding to the stream and to the exchange', async () => {
    const { page } = await open(`${address}#${failed}`);
    const entry = page.locator(`[id="${failed}"]`);
    await entry.getByRole('link', { name: 'timeline' }).first().click();
    await expect.poll(() => page.locator('details.stream:target svg.plot').isVisible()).toBe(true);
    await page
      .locator('details.stream:target')
      .getByRole('link', { name: /^Request and raw answer/ })
      .click();
    await expect.poll(() => page.locator('details.exchange:target pre').first().isVisible()).toBe(true);
    await page.close();
  });

  test('runs nothing of what a server sent', async () => {
    const { page, complaints, loaded } = await open(saved('hostile.html', htmlReport(hostileRecord(), smallCatalogue)));
    expect(complaints).toEqual([]);
    expect(loaded.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img').count()).toBe(0);
    await page.close();
  });
});
