// The same with more answers than there is time for beside the other tests.
process.env['HOSTILE_ENGINES'] ??= '200';

await import('./hostile-engines.test.ts');
