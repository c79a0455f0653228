import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../spec/schemas/target-profile.json' with { type: 'json' };
import { findProfile, targetProfiles } from './index.ts';

const files = globSync('*.json', { cwd: import.meta.dirname }).toSorted();

describe('target profiles', () => {
  it.each(files)('%s is valid by the published schema', (file) => {
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    validate(JSON.parse(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')));
    expect(validate.errors).toBeNull();
  });

  it('are all listed, each under the name of its file', () => {
    expect(targetProfiles.map(({ id }) => `${id}.json`)).toEqual(files);
  });

  it('know the default ports', () => {
    expect(Object.fromEntries(targetProfiles.map(({ id, baseUrl }) => [id, baseUrl]))).toEqual({
      litellm: 'http://127.0.0.1:4000',
      'llama-cpp': 'http://127.0.0.1:8080',
      'lm-studio': 'http://127.0.0.1:1234',
      lmdeploy: 'http://127.0.0.1:23333',
      ollama: 'http://127.0.0.1:11434',
      vllm: 'http://127.0.0.1:8000',
    });
  });

  it('say where LMDeploy keeps its models list, and nowhere else a path', () => {
    expect(targetProfiles.filter(({ paths }) => Object.keys(paths).length > 0).map(({ id, paths }) => [id, paths])).toEqual([
      ['lmdeploy', { models: '/anthropic/v1/models' }],
    ]);
  });

  it('are found by id', () => {
    expect(findProfile('vllm')?.name).toBe('vLLM');
    expect(findProfile('VLLM')).toBeUndefined();
  });
});
