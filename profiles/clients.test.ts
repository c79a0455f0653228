import { globSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import schema from '../spec/schemas/client-profile.json' with { type: 'json' };
import catalogue from '../suites/catalogue.json' with { type: 'json' };
import { clientProfiles } from './clients.ts';

const checks = new Set(catalogue.checks.map(({ id }) => id));
const isValid = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

test('every file is listed, under its name', () => {
  const files = globSync('*.json', { cwd: `${import.meta.dirname}/clients` });
  expect(clientProfiles.map(({ id }) => `${id}.json`).toSorted()).toEqual(files.toSorted());
});

describe.each(clientProfiles.map((profile) => [profile.id, profile] as const))('the client profile %s', (_, profile) => {
  const named = profile.needs.flatMap((need) => need.checks);

  test('is valid by the published schema', () => {
    isValid(profile);
    expect(isValid.errors).toBeNull();
  });

  test('names checks that exist', () => {
    expect(named.filter((id) => !checks.has(id))).toEqual([]);
  });

  test('names each check once', () => {
    expect(named.filter((id, position) => named.indexOf(id) !== position)).toEqual([]);
  });

  test('has something that it cannot do without', () => {
    expect(profile.needs.some(({ blocks }) => blocks)).toBe(true);
  });
});
