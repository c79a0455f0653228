// The same with more scripts than there is time for beside the other tests.
process.env['HOSTILE_SCRIPTS'] ??= '2000';

await import('./hostile-scripts.test.ts');
