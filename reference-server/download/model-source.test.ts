import { describe, expect, test } from 'vitest';
import { chooseModel, quantizationOf } from './model-files.ts';
import { defaultModelFolder } from './model-folder.ts';
import { parseModelSource } from './model-source.ts';

const hub = { kind: 'hub', repository: 'u/r', revision: 'main' };

describe('what stands after --model', () => {
  test.each([
    ['models/a.gguf', { kind: 'file', path: 'models/a.gguf' }],
    ['C:\\models\\a.gguf', { kind: 'file', path: 'C:\\models\\a.gguf' }],
    ['https://example.com/a.gguf', { kind: 'web', url: new URL('https://example.com/a.gguf') }],
    ['hf:u/r', hub],
    ['hf://u/r', hub],
    ['HF:u/r/', hub],
    ['hf.co/u/r:Q4_K_M', { ...hub, quantization: 'Q4_K_M' }],
    ['hf:u/r:Q4_K_M#v1', { ...hub, quantization: 'Q4_K_M', revision: 'v1' }],
    ['hf:u/r/sub/a.gguf#refs/pr/1', { ...hub, file: 'sub/a.gguf', revision: 'refs/pr/1' }],
    ['https://huggingface.co/u/r', hub],
    ['https://huggingface.co/u/r/tree/v1', { ...hub, revision: 'v1' }],
    ['https://huggingface.co/u/r/blob/main/a.gguf', { ...hub, file: 'a.gguf' }],
    ['https://hf.co/u/r/resolve/v1/s/a%20b.gguf?download=true', { ...hub, file: 's/a b.gguf', revision: 'v1' }],
  ])('%s', (text, source) => {
    expect(parseModelSource(text)).toEqual(source);
  });

  test.each([
    ['hf:', 'is not named as Hugging Face names them'],
    ['hf:r', 'write hf:user/repo'],
    ['hf:u/../x.gguf', 'is not named as'],
    ['hf:u/r/../../x.gguf', 'is not named as'],
    ['hf:u/r:', 'is not named as'],
    ['hf:u/r#', 'is not named as'],
    ['hf:u/r#.', 'is not named as'],
    ['hf:u/r#..', 'is not named as'],
    ['hf:u/r#refs/../pr', 'is not named as'],
    ['hf:u/r#refs//pr', 'is not named as'],
    ['hf:u/r#v1\u009b', 'is not named as'],
    ['https://huggingface.co/u/r/tree/v1%2f..?q=secret@', 'The model https://huggingface.co/u/r/tree/v1%2f.. is not named as'],
    ['https://huggingface.co/u?q=secret@', 'The model https://huggingface.co/u is not named as'],
    ['https://?q=secret@', 'The model https:// is not a URL.'],
    ['hf:u/r/model.safetensors', 'The file model.safetensors in hf:u/r/model.safetensors is not a .gguf file.'],
    ['https://huggingface.co/u/r/discussions/3', 'The page https://huggingface.co/u/r/discussions/3 is not a model.'],
    ['https://me:secret@example.com/a.gguf', 'Leave user and password out'],
    ['https://', 'is not a URL'],
  ])('%s is refused', (text, sentence) => {
    expect(() => parseModelSource(text)).toThrow(sentence);
    expect(() => parseModelSource(text)).not.toThrow('secret@');
  });
});

describe('of the files of a repository', () => {
  const many = [
    'README.md',
    'mmproj-m-Q4_K_M.gguf',
    'm-UD-Q4_K_M.gguf',
    'm-Q4_K_M.gguf',
    'm.Q8_0.gguf',
    'm-IQ4_XS.gguf',
    'BF16/m-BF16-00001-of-00002.gguf',
    'BF16/m-BF16-00002-of-00002.gguf',
  ];
  test.each([
    [many, undefined, 'm-Q4_K_M.gguf'],
    [many, 'q8_0', 'm.Q8_0.gguf'],
    [many, 'UD-Q4_K_M', 'm-UD-Q4_K_M.gguf'],
    [many, 'BF16', 'BF16/m-BF16-00001-of-00002.gguf'],
    [many, 'Q4_K', undefined],
    [['a-Q8_0.gguf', 'a-IQ4_XS.gguf'], undefined, 'a-IQ4_XS.gguf'],
    [['b-F16.gguf', 'a.gguf'], undefined, 'a.gguf'],
    [[], undefined, undefined],
  ])('%j with the tag %s the model is %s', (names, quantization, chosen) => {
    expect(chooseModel(names, quantization)).toBe(chosen);
  });

  test.each([
    ['Qwen3-0.6B-Q4_K_M.gguf', 'Q4_K_M'],
    ['m.UD-IQ2_XXS.gguf', 'UD-IQ2_XXS'],
    ['gpt-oss-20b-MXFP4.gguf', 'MXFP4'],
    ['x/m-BF16-00001-of-00003.gguf', 'BF16'],
    ['tiny.gguf', undefined],
  ])('the quantization of %s is %s', (name, quantization) => {
    expect(quantizationOf(name)).toBe(quantization);
  });
});

test.each([
  [{ XDG_CACHE_HOME: '/cache' }, 'linux', /^\/cache\/messages-conformance\/models$/u],
  [{}, 'linux', /\/\.cache\/messages-conformance\/models$/u],
  [{}, 'darwin', /\/Library\/Caches\/messages-conformance\/models$/u],
  [{ LOCALAPPDATA: '/local' }, 'win32', /^\/local\/messages-conformance\/models$/u],
])('%j on %s: models are in the cache', (environment, platform, folder) => {
  expect(defaultModelFolder(environment, platform)).toMatch(folder);
});
