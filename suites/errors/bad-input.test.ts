import { describe, expect, test } from 'vitest';
import { type Problem, requestProblems } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { baseOf, type BadInputTable, modesOf } from './bad-input.ts';
import { badInputTables } from './bad-input-tables.ts';
import { refusedParameters } from '../messages/refused-parameters.ts';
import { changed } from './change.ts';

/** What no specification can tell from the request alone. */
const beyondSpec: ReadonlySet<string> = new Set(['model-unknown']);

const tables = [...badInputTables, refusedParameters];
const rows = tables.flatMap((table) =>
  table.rows.flatMap((row) =>
    modesOf(table, row).map((mode) => ({ title: `${table.id}/${row.row} as ${mode}`, table, row, base: baseOf(table, 'tiny', mode) })),
  ),
);

function errorsOf({ endpoint = 'messages', headers = {} }: BadInputTable, body: unknown): readonly Problem[] {
  const version = headers['anthropic-version'] ?? '2023-06-01';
  return requestProblems(endpoint, body, { version, betas: [] }).filter(({ level }) => level === 'error');
}

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

describe.each(rows)('$title', ({ table, row, base }) => {
  const mutant = changed(base, row);

  test('differs from its control in one place', () => {
    expect(valueAt(mutant, row.pointer)).not.toEqual(valueAt(base, row.pointer));
    expect(without(mutant, row.pointer)).toEqual(without(base, row.pointer));
  });

  test.skipIf(beyondSpec.has(row.row))('is wrong in that place', () => {
    const place = row.seenAt ?? row.pointer;
    const found = errorsOf(table, mutant).map(({ pointer }) => pointer);
    expect(found.filter((pointer) => pointer === place || pointer.startsWith(`${place}/`))).not.toEqual([]);
  });
});

const bases = tables.flatMap((table) =>
  modesOf(table).map((mode) => ({ title: `${table.id} as ${mode}`, table, base: baseOf(table, 'tiny', mode) })),
);

test.each(bases)('the base of $title is right', ({ table, base }) => {
  expect(errorsOf(table, base)).toEqual([]);
});

test('a model that does not exist makes no request invalid', () => {
  const unknown = rows.filter(({ row }) => beyondSpec.has(row.row));
  expect(unknown.map(({ table, row, base }) => errorsOf(table, changed(base, row)))).toEqual(unknown.map(() => []));
  expect(unknown).toHaveLength(2);
});

test('rows have names of their own', () => {
  const names = tables.flatMap((table) => table.rows.map(({ row }) => row));
  expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
});

test('a pointer that leads nowhere is a mistake in the table', () => {
  expect(() => changed({ a: 1 }, { pointer: '/b', remove: true })).toThrow('/b removes nothing');
  expect(() => changed({ a: [1] }, { pointer: '/a/3', value: 2 })).toThrow('/a/3 leads to no entry');
  expect(() => changed({ a: 1 }, { pointer: '/a/b', value: 2 })).toThrow('/a/b leads through no object');
});
