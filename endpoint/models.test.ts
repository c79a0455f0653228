import { describe, expect, it } from 'vitest';
import type { ModelInfo } from '../spec/index.ts';
import { findModel, findUsableModel, listModels } from './models.ts';
import { model } from './scripted.fixture.ts';

const named = (id: string, lifecycle: 'active' | 'deprecated' | 'retired' = 'active'): ModelInfo => ({ ...model, id, lifecycle });
const five = ['a', 'b', 'c', 'd', 'e'].map((id) => named(id));
const list = (query: string, models = five): readonly [ids: string, hasMore: boolean, first: unknown, last: unknown] => {
  const page = listModels(models, new URLSearchParams(query));
  return [page.data.map(({ id }) => id).join(''), page.has_more, page.first_id, page.last_id];
};

describe('The models list', () => {
  it('is one page where all fit', () => {
    expect(list('')).toStrictEqual(['abcde', false, 'a', 'e']);
    expect(list('limit=5')).toStrictEqual(['abcde', false, 'a', 'e']);
  });

  it('has 20 models a page unless told otherwise', () => {
    const many = Array.from({ length: 21 }, (_, index) => named(`m${index}`));
    expect(listModels(many, new URLSearchParams()).data).toHaveLength(20);
    expect(listModels(many, new URLSearchParams()).has_more).toBe(true);
    expect(listModels(many, new URLSearchParams('limit=1000')).data).toHaveLength(21);
  });

  it('is walked forwards with after_id', () => {
    expect(list('limit=2')).toStrictEqual(['ab', true, 'a', 'b']);
    expect(list('limit=2&after_id=b')).toStrictEqual(['cd', true, 'c', 'd']);
    expect(list('limit=2&after_id=d')).toStrictEqual(['e', false, 'e', 'e']);
    expect(list('after_id=e')).toStrictEqual(['', false, null, null]);
  });

  it('is walked backwards with before_id, in the same order within a page', () => {
    expect(list('limit=2&before_id=e')).toStrictEqual(['cd', true, 'c', 'd']);
    expect(list('limit=2&before_id=c')).toStrictEqual(['ab', false, 'a', 'b']);
    expect(list('before_id=a')).toStrictEqual(['', false, null, null]);
  });

  it('is empty without models', () => {
    expect(list('', [])).toStrictEqual(['', false, null, null]);
  });

  it.each(['0', '1001', '-1', '1.5', 'abc', '', '99999999999999999999'])('refuses limit=%s', (limit) => {
    expect(() => list(`limit=${limit}`)).toThrow(`limit: must be an integer from 1 to 1000, not "${limit}"`);
  });

  it('refuses both cursors, and one that it does not know', () => {
    expect(() => list('after_id=a&before_id=c')).toThrow('after_id and before_id cannot both be given');
    expect(() => list('after_id=z')).toThrow('after_id: there is no model "z"');
  });

  it('leaves out retired models unless they are asked for', () => {
    const models = [named('a'), named('b', 'deprecated'), named('c', 'retired')];
    expect(list('', models)[0]).toBe('ab');
    expect(list('lifecycle[]=retired&lifecycle[]=deprecated', models)[0]).toBe('bc');
  });
});

describe('A model', () => {
  it('that is not served is refused with the names of those that are', () => {
    expect(() => findModel({ models: () => five }, 'z')).toThrow('model: z is not served here. Served: a, b, c, d, e.');
  });

  it('that is retired can be looked up but not used', () => {
    const models = [named('a', 'retired')];
    expect(findModel({ models: () => models }, 'a').id).toBe('a');
    expect(() => findUsableModel({ models: () => models }, 'a')).toThrow('model: a is retired');
  });
});
