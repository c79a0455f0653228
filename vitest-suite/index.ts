/**
 * The conformance suite inside Vitest: `import { describeConformance } from 'messages-conformance/vitest/suite'`, with Vitest's own
 * reporters, filters and shards. Vitest is an optional peer of this entry.
 */
export { describeConformance } from './describe-conformance.ts';
export type { ConformanceSuiteOptions } from './options.ts';
