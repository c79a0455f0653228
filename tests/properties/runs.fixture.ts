// How many examples a property tries: few with the other tests, many where time is given for it, as in `PROPERTY_RUNS=50 npm run test:full`.

/** @param few the number with the other tests */
export function runs(few: number): { readonly numRuns: number } {
  const factor = Number(process.env['PROPERTY_RUNS'] ?? 1);
  return { numRuns: Math.round(few * (Number.isFinite(factor) && factor > 0 ? factor : 1)) };
}
