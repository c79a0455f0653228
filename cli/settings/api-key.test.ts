import { describe, expect, it } from 'vitest';
import { chooseKey, type KeyQuestion } from './api-key.ts';

const local = 'http://127.0.0.1:8000';
const anthropic = 'https://api.anthropic.com';
const environment = {
  ANTHROPIC_API_KEY: 'sk-ant-1',
  CONFORMANCE_API_KEY: '',
  VLLM_API_KEY: 'v',
  OTHER: ' other\n',
  EMPTY: '',
  BAD: 'a\u0000b',
};

describe('the key', () => {
  it('is none where nobody named one, whatever the environment holds', () => {
    expect(ask({ baseUrl: local })).toBeUndefined();
  });

  it('of ANTHROPIC_API_KEY goes to api.anthropic.com', () => {
    expect(ask({ baseUrl: anthropic })).toEqual({ value: 'sk-ant-1', variable: 'ANTHROPIC_API_KEY' });
    expect(ask({ baseUrl: `${anthropic}/v1/` })?.value).toBe('sk-ant-1');
  });

  it.each([
    'http://api.anthropic.com',
    'https://api.anthropic.com:8443',
    'https://api.anthropic.com.example.org',
    'https://api-anthropic.com',
    'https://api.anthropic.com@example.org',
    'https://example.org/api.anthropic.com',
    'https://proxy.api.anthropic.com',
  ])('of ANTHROPIC_API_KEY does not go to %s', (baseUrl) => {
    expect(ask({ baseUrl })).toBeUndefined();
  });

  it('of ANTHROPIC_API_KEY goes anywhere that the flag was typed for', () => {
    expect(ask({ baseUrl: local, flag: 'ANTHROPIC_API_KEY' })?.value).toBe('sk-ant-1');
  });

  it('of ANTHROPIC_API_KEY is not sent elsewhere because a file in the folder says so', () => {
    expect(() => ask({ baseUrl: 'http://10.0.0.1:8000', file: 'ANTHROPIC_API_KEY' })).toThrow(
      'The configuration file may not send ANTHROPIC_API_KEY to 10.0.0.1:8000; if that is meant, say --api-key-env ANTHROPIC_API_KEY.',
    );
    expect(ask({ baseUrl: anthropic, file: 'ANTHROPIC_API_KEY' })?.value).toBe('sk-ant-1');
    expect(ask({ baseUrl: local, file: 'ANTHROPIC_API_KEY', flag: 'ANTHROPIC_API_KEY' })?.value).toBe('sk-ant-1');
  });

  it('comes from the named variable, without the line end that shells leave behind', () => {
    expect(ask({ baseUrl: local, file: 'OTHER' })).toEqual({ value: 'other', variable: 'OTHER' });
    expect(ask({ baseUrl: local, file: 'OTHER', flag: 'VLLM_API_KEY' })?.value).toBe('v');
  });

  it('comes from CONFORMANCE_API_KEY, else from the variable of the profile', () => {
    expect(ask({ baseUrl: local, profileVariable: 'VLLM_API_KEY' })?.variable).toBe('VLLM_API_KEY');
    const set = { ...environment, CONFORMANCE_API_KEY: 'c' };
    expect(chooseKey({ baseUrl: local, profileVariable: 'VLLM_API_KEY', environment: set })?.variable).toBe('CONFORMANCE_API_KEY');
  });

  it('that is named and not there, or cannot be sent, is a mistake', () => {
    expect(() => ask({ baseUrl: local, flag: 'NOPE' })).toThrow('The environment variable NOPE, named by --api-key-env, is not set.');
    expect(() => ask({ baseUrl: local, file: 'EMPTY' })).toThrow('The environment variable EMPTY, named by apiKeyEnv, is not set.');
    expect(() => ask({ baseUrl: local, flag: 'BAD' })).toThrow('The key in BAD holds characters that a header cannot have.');
  });
});

function ask(question: Omit<KeyQuestion, 'environment'>): ReturnType<typeof chooseKey> {
  return chooseKey({ environment, ...question });
}
