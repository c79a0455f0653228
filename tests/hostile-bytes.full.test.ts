// The same with more bytes than there is time for beside the other tests.
process.env['HOSTILE_CASES'] ??= '1500';

await import('./hostile-bytes.test.ts');
