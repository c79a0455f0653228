// The same with more servers than there is time for beside the other tests.
process.env['HOSTILE_SERVERS'] ??= '24';

await import('./hostile-values.test.ts');
