/** Holds the list of requirements, the checks and `not-tested.md` together: nothing falls between, and nothing is in two places. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from './catalogue.ts';
import requirements from './requirements.json' with { type: 'json' };

const levels: Readonly<Record<string, string>> = requirements;
const notTested = new Map(
  [...readFileSync(join(import.meta.dirname, 'not-tested.md'), 'utf8').matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(
    ([, id = '', reason = '']) => [id, reason],
  ),
);
const covered = new Set(checks.flatMap(({ covers }) => covers));

describe('every requirement', () => {
  test('is covered by a check, or named in not-tested.md', () => {
    expect(Object.keys(levels).filter((id) => !covered.has(id) && !notTested.has(id))).toEqual([]);
  });

  test('is in not-tested.md only where no check covers it', () => {
    expect([...notTested.keys()].filter((id) => covered.has(id))).toEqual([]);
  });

  test('has a reason where it is not tested', () => {
    expect([...notTested].filter(([, reason]) => reason.trim().length < 20).map(([id]) => id)).toEqual([]);
  });
});

describe('every name of a requirement is one', () => {
  test('in the checks', () => {
    expect([...covered].filter((id) => !(id in levels))).toEqual([]);
  });

  test('in not-tested.md', () => {
    expect([...notTested.keys()].filter((id) => !(id in levels))).toEqual([]);
  });
});

test('a check is a must only where a requirement that it covers is one', () => {
  const isMust = (id: string): boolean => levels[id] === 'must';
  expect(checks.filter(({ level, covers }) => level === 'must' && !covers.some(isMust)).map(({ id }) => id)).toEqual([]);
});
