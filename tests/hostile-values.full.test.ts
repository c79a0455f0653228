// The same with more servers than there is time for beside the other tests.
process.env['HOSTILE_SERVERS'] ??= '60';

await import('./hostile-values.test.ts');
