// The table of many servers in a real browser: it fits, its areas open, and its heads stay in sight.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../reports/catalogue.ts';
import { matrixSite } from '../reports/matrix/index.ts';
import { record } from '../reports/record.fixture.ts';
import type { Outcome, RunRecord } from '../spec/index.ts';
import { findChromium, noChromium } from './chromium.fixture.ts';

const executablePath = findChromium();
if (executablePath === undefined) console.warn(`tests/matrix-page.full.test.ts is skipped: ${noChromium}.`);

const outcomes: readonly Outcome[] = ['pass', 'fail', 'warn', 'inconclusive'];
const quiet = { judged: 1, findings: [], findingsTotal: 0 } as const;

/** Each check has another outcome at each server. */
function recordOf(server: number): RunRecord {
  const verdicts = catalogue.checks.map(({ id, level }, index) => ({
    check: id,
    level,
    outcome: outcomes[(index + server) % outcomes.length] ?? 'pass',
    ...quiet,
  }));
  return { ...record, verdicts };
}

describe('The matrix in a browser', { skip: executablePath === undefined }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-page-'));
  const address = pathToFileURL(join(folder, 'index.html')).href;
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }) });
    const records = ['mock', 'reference-server', 'vllm', 'lmdeploy', 'lm-studio', 'ollama', 'sglang'].map((name, server) => ({
      name,
      record: recordOf(server),
    }));
    for (const { name, text } of matrixSite(records, catalogue)) writeFileSync(join(folder, name), text);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(width: number): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(address);
    return { page, complaints };
  }

  const rows = (page: Page): Promise<number> => page.locator('tr.row:not([hidden])').count();

  test.each([1280, 400])('fits a window of %i pixels, closed and open', async (width) => {
    const { page, complaints } = await open(width);
    const pageWidth = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
    expect([await rows(page), await pageWidth()]).toEqual([0, width]);
    await page.getByRole('button', { name: 'Open all areas' }).click();
    expect([await rows(page), await pageWidth()]).toEqual([catalogue.checks.length, width]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('has room for seven servers beside each other', async () => {
    const { page } = await open(1280);
    const [table, frame] = await page.evaluate(() => [
      document.querySelector('.scroll')?.scrollWidth,
      document.querySelector('.scroll')?.clientWidth,
    ]);
    expect(table).toBe(frame);
    await page.close();
  });

  test('opens one area, with the keyboard too', async () => {
    const { page } = await open(1280);
    await page.getByRole('button', { name: 'tool-choice' }).press('Enter');
    expect(await rows(page)).toBe(catalogue.checks.filter(({ area }) => area === 'tool-choice').length);
    await page.close();
  });

  test('keeps servers and checks in sight, wherever a reader is', async () => {
    const { page } = await open(400);
    await page.getByRole('button', { name: 'Open all areas' }).click();
    await page.evaluate(() => document.querySelector('.scroll')?.scrollTo(300, 5000));
    const seen = await page.evaluate(() => {
      const corner = document.querySelector('.scroll')?.getBoundingClientRect();
      const head = document.querySelector('thead th:nth-child(4)')?.getBoundingClientRect();
      const rowHeads = [...document.querySelectorAll('tr.row th')].map((row) => row.getBoundingClientRect().left - (corner?.left ?? 0));
      return { top: (head?.top ?? 0) - (corner?.top ?? 0), left: Math.max(...rowHeads) };
    });
    expect(seen.top).toBeGreaterThanOrEqual(0);
    expect(seen.top).toBeLessThan(3);
    expect(seen.left).toBeLessThan(3);
    await page.close();
  });
});
