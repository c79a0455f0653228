// The same in more ways than there is time for beside the other tests.
process.env['HOSTILE_ROUNDS'] ??= '12';

await import('./hostile-requests.test.ts');
