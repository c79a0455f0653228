// The same with more files than there is time for beside the other tests.
process.env['HOSTILE_FILES'] ??= '300';

await import('./hostile-files.test.ts');
