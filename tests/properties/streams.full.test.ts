// The properties of streams with many more examples than there is time for beside the other tests.
process.env['PROPERTY_RUNS'] ??= '6';

await import('./valid-streams.test.ts');
await import('./mutated-streams.test.ts');
await import('../sdk-replay/mutated-replay.test.ts');
