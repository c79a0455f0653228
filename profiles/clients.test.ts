import { globSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import schema from '../spec/schemas/client-profile.json' with { type: 'json' };
import catalogue from '../suites/catalogue.json' with { type: 'json' };
import { readinessOf } from '../runner/readiness.ts';
import { clientProfiles } from './clients.ts';

const checks = new Set(catalogue.checks.map(({ id }) => id));
const isValid = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

test('every file is listed, under its name', () => {
  const files = globSync('*.json', { cwd: `${import.meta.dirname}/clients` });
  expect(clientProfiles.map(({ id }) => `${id}.json`).toSorted()).toEqual(files.toSorted());
});

test.each([
  // That one is about the SDK for Python, whose profile must not depend on an installed SDK.
  ['sdk-typescript', 'sdk.', ['sdk.stream.nothing-before-start']],
  // Whatever the status of a knock, it goes on.
  ['claude-code', 'clients.claude-code.', ['clients.claude-code.head-hello', 'clients.claude-code.head-root']],
] as const)('%s names every check of its area %s', (id, area, others) => {
  const named = new Set(clientProfiles.find((profile) => profile.id === id)?.needs.flatMap((need) => need.checks));
  expect([...checks].filter((check) => check.startsWith(area) && !named.has(check))).toEqual(others);
});

test.each(clientProfiles.map((profile) => [profile.id, profile] as const))(
  'what fails and breaks %s stands in its readiness',
  (id, profile) => {
    const silent = catalogue.checks.filter(({ id: check, breaks }) => {
      if (!breaks.some(({ client }) => client === id)) return false;
      const verdict = { check, level: 'must', outcome: 'fail', judged: 1, findings: [], findingsTotal: 1 } as const;
      const { blockers, limits } = readinessOf(profile, [verdict], catalogue.checks);
      return blockers.length + limits.length !== 1;
    });
    // A refusal in the wrong form, which is what they say of clients, fails checks of all refusals too.
    expect(silent.filter((check) => !/^errors\.(?:in|json)\./.test(check.id)).map((check) => check.id)).toEqual([]);
  },
);

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
