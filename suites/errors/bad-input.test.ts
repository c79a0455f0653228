import { describe, expect, test } from 'vitest';
import { requestValidity } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { badMessages } from './bad-messages.ts';
import { badTools } from './bad-tools.ts';
import { mutant } from './bad-input.ts';
import { changed } from './change.ts';

const context = { version: '2023-06-01', betas: [] };
const tables = [badMessages, badTools];
const rows = tables.flatMap((table) =>
  [false, true].flatMap((stream) =>
    table.rows.map((row) => ({
      title: `${table.id}/${row.row}${stream ? '-stream' : ''}`,
      row,
      base: { ...table.base('tiny'), ...(stream ? { stream } : {}) },
    })),
  ),
);

/** A body without what a pointer leads to. */
function without(body: unknown, pointer: string): unknown {
  try {
    return isJsonObject(body) ? changed(body, { pointer, remove: true }) : body;
  } catch {
    return body;
  }
}

/** What a pointer leads to. */
function valueAt(body: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, step) => (isJsonObject(value) || Array.isArray(value) ? Object.entries(value).find(([key]) => key === step)?.[1] : undefined),
      body,
    );
}

describe.each(rows)('$title', ({ row, base }) => {
  const { json } = mutant(base, row);

  test('differs from its control in one place', () => {
    expect(valueAt(json, row.pointer)).not.toEqual(valueAt(base, row.pointer));
    expect(without(json, row.pointer)).toEqual(without(base, row.pointer));
  });

  test('is invalid, or names a model that does not exist', () => {
    expect(requestValidity('messages', json, context)).toBe(row.row === 'model-unknown' ? 'valid' : 'invalid');
  });
});

test.each(tables.flatMap((table) => [table.base('tiny'), { ...table.base('tiny'), stream: true }]))('the base is valid', (base) => {
  expect(requestValidity('messages', base, context)).toBe('valid');
});

test('rows have names of their own', () => {
  const names = tables.flatMap((table) => table.rows.map(({ row }) => row));
  expect(new Set(names).size).toBe(names.length);
});

test('a pointer that leads nowhere is a mistake in the table', () => {
  expect(() => changed({ a: 1 }, { pointer: '/b', remove: true })).toThrow('/b removes nothing');
  expect(() => changed({ a: [1] }, { pointer: '/a/3', value: 2 })).toThrow('/a/3 leads to no entry');
  expect(() => changed({ a: 1 }, { pointer: '/a/b', value: 2 })).toThrow('/a/b leads through no object');
});
