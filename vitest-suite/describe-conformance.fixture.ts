// Not a test of this project: another Vitest runs it, with the options that the test in describe-conformance.full.test.ts gives.
import { describeConformance, type ConformanceSuiteOptions } from './index.ts';

/** Whether the URL shall be told only when the tests begin. */
interface Given extends ConformanceSuiteOptions {
  readonly baseUrl: string;
  readonly isLate?: boolean;
}

const { isLate = false, baseUrl, ...options } = JSON.parse(process.env['CONFORMANCE_OPTIONS'] ?? '{}') as Given;
describeConformance({ ...options, baseUrl: isLate ? () => Promise.resolve(baseUrl) : baseUrl });
