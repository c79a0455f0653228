/** Registers one Vitest test for each check. */
// oxlint-disable vitest/valid-title, vitest/expect-expect -- these tests are made from data, and their assertions are the checks
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test, type TestContext } from 'vitest';
import { recordName, writeRecord } from '../reports/json.ts';
import type { Check } from '../suites/model/check.ts';
import { conversation } from './conversation.ts';
import { type ConformanceSuiteOptions, refuseUnknown, runOptionsOf } from './options.ts';
import { type OutcomeOptions, testOutcome } from './outcomes.ts';
import { runningTests } from './running-tests.ts';
import { selectedChecks } from './selected-checks.ts';

/** Stands for a server whose address is only known when the tests run. */
const someServer = 'http://127.0.0.1';

/**
 * Registers the catalogue as tests, `area > check id: requirement`. Only what the tests that run need is sent, once; so `vitest -t stream.order` is cheap.
 *
 * A failed check fails its test. Skipped, with the reason as note: what could not be judged, optional parts that the server refuses
 * honestly, and a failed `should` (with `failOn: 'must'`, the default) or `may`; those also leave an annotation with the finding in full.
 * A server that cannot be asked, or stops answering, fails the suite.
 * @throws ConformanceError `usage` for options that cannot be meant.
 * @example
 * describeConformance({ baseUrl: 'http://127.0.0.1:8000', model: 'my-model', areas: ['stream', 'tools'] });
 */
export function describeConformance(options: ConformanceSuiteOptions): void {
  refuseUnknown(options);
  const { areas, title = 'Messages API', baseUrl, output } = options;
  const fixed = runOptionsOf(options, typeof baseUrl === 'string' ? baseUrl : someServer);
  const selected = selectedChecks(fixed, areas);
  const titles = new Map(selected.flatMap((area) => area.checks.map((check) => [titleOf(check), check] as const)));
  const shown: OutcomeOptions = {
    failOn: fixed.failOn ?? 'must',
    curl: { hasKey: fixed.apiKey !== undefined, ...(output === undefined ? {} : { recordFile: join(output, recordName) }) },
  };
  const talk = conversation();
  let running: readonly Check[] | undefined;

  const judge = async (check: Check, context: TestContext): Promise<void> => {
    const verdict = await talk.verdict(check, () => (running ??= checksOf(runningTests(context.task), titles)));
    const outcome = testOutcome(verdict, talk.run().exchanges, shown);
    if (outcome.does === 'fail') throw new NotConformant(outcome.text);
    if (outcome.does === 'pass') return;
    if (outcome.warning !== undefined) await context.annotate(outcome.warning, 'warning');
    context.skip(outcome.reason);
  };

  describe(title, () => {
    // The run has its own bounds, `timeoutMs` and `maxTimeMs`; a local model may take longer than any test should.
    beforeAll(async () => {
      await talk.begin(typeof baseUrl === 'string' ? fixed : { ...fixed, baseUrl: await baseUrl() });
    }, 0);
    afterAll(async () => {
      await talk.end((run) => {
        if (output !== undefined) writeRecord(run.record(), output);
      });
    }, 0);
    for (const area of selected) {
      describe(area.name, () => {
        for (const check of area.checks) test(titleOf(check), { timeout: 0 }, (context) => judge(check, context));
      });
    }
  });
}

function titleOf({ id, requirement }: Check): string {
  return `${id}: ${requirement}`;
}

function checksOf(names: ReadonlySet<string>, titles: ReadonlyMap<string, Check>): readonly Check[] {
  return [...titles].filter(([title]) => names.has(title)).map(([, check]) => check);
}

/** The finding is the message; where it was thrown tells nothing. */
class NotConformant extends Error {
  override readonly name = 'NotConformant';

  constructor(message: string) {
    super(message);
    this.stack = `${this.name}: ${message}`;
  }
}
