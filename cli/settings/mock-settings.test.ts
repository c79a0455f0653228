import { describe, expect, test } from 'vitest';
import type { Flags } from './given.ts';
import { readMockSettings } from './mock-settings.ts';

const read = (flags: Flags): ReturnType<typeof readMockSettings> => readMockSettings(flags, { KEY: ' secret\n' });

describe('The flags of conformance mock', () => {
  test('ask for a mock of its own rules where there are none', () => {
    expect(read({})).toEqual({ kind: 'script', models: [], hasControl: false, options: { apiKeys: [] } });
  });

  test('become options of the mock', () => {
    const flags = {
      script: 's.json',
      model: ['a', 'b'],
      apiKeyEnv: 'KEY',
      pace: 'ttft=120, tps=60,jitter=.2',
      chaos: '0.25',
      seed: '7',
      rateLimit: '60/minute',
      validate: 'warn',
      control: true,
    };
    expect(read(flags)).toEqual({
      kind: 'script',
      file: 's.json',
      models: ['a', 'b'],
      hasControl: true,
      options: {
        apiKeys: ['secret'],
        pace: { ttft: 120, tokensPerSecond: 60, jitter: 0.2 },
        chaos: { probability: 0.25 },
        seed: 7,
        rateLimit: { requests: 60, perMs: 60_000 },
        validate: 'warn',
      },
    });
  });

  test('ask for a recorder or a replay', () => {
    expect(read({ record: 'd', upstream: 'http://h' })).toEqual({ kind: 'record', folder: 'd', upstream: 'http://h' });
    expect(read({ replay: 'd' })).toEqual({ kind: 'replay', folder: 'd', speed: 0 });
    expect(read({ replay: 'd', speed: '1.5' })).toEqual({ kind: 'replay', folder: 'd', speed: 1.5 });
  });

  test.each<readonly [Flags, string]>([
    [{ record: 'd' }, '--record needs the server to record, as in --upstream https://api.anthropic.com.'],
    [{ upstream: 'x' }, '--upstream needs a folder to record in, as in --record recordings.'],
    [{ speed: '1' }, '--speed needs a recording, as in --replay recordings.'],
    [{ record: 'd', upstream: 'u', replay: 'd' }, '--record and --replay exclude each other.'],
    [{ record: 'd', upstream: 'u', apiKeyEnv: 'KEY' }, '--record and --api-key-env exclude each other.'],
    [{ replay: 'd', script: 's' }, '--replay and --script exclude each other.'],
    [{ replay: 'd', speed: '-1' }, '--speed takes 0 (at once), 1 (as recorded) or another factor, not "-1".'],
    [{ pace: 'fast' }, '--pace takes ttft, tps and jitter, as in "ttft=120,tps=60,jitter=0.2", not "fast".'],
    [{ pace: 'tfft=1' }, '--pace takes ttft, tps and jitter, as in "ttft=120,tps=60,jitter=0.2", not "tfft=1"; did you mean ttft?'],
    [{ pace: 'tps=0' }, '--pace: tps takes tokens per second, above 0, not "0".'],
    [{ pace: 'jitter=2' }, '--pace: jitter takes a number from 0 to 1, not "2".'],
    [{ pace: 'ttft=' }, '--pace: ttft takes milliseconds, not "".'],
    [{ chaos: '1.1' }, '--chaos takes a probability from 0 to 1, not "1.1".'],
    [{ chaos: 'often' }, '--chaos takes a probability from 0 to 1, not "often".'],
    [{ seed: '1.5' }, '--seed takes a whole number from 0 on, not "1.5".'],
    [{ rateLimit: '60' }, '--rate-limit takes requests per second, minute or hour, as in "60/minute", not "60".'],
    [{ rateLimit: '0/second' }, '--rate-limit takes requests per second, minute or hour, as in "60/minute", not "0/second".'],
    [{ rateLimit: '5/constructor' }, '--rate-limit takes requests per second, minute or hour, as in "60/minute", not "5/constructor".'],
    [{ validate: 'strct' }, '--validate takes strict, warn or off, not "strct"; did you mean strict?'],
    [{ apiKeyEnv: 'NOPE' }, 'The environment variable NOPE, named by --api-key-env, is not set.'],
  ])('that cannot be meant are refused: %j', (flags, sentence) => {
    expect(() => read(flags)).toThrow(sentence);
  });
});
