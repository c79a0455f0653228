// Arrows point one way: the judge shares no code with the judged, save `spec`.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What each room may import besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  spec: [],
  suites: ['spec'],
  runner: ['spec', 'suites'],
  endpoint: ['spec'],
  mock: ['spec', 'endpoint'],
  'reference-server': ['spec', 'endpoint'],
  reports: ['spec', 'suites/catalogue.json', 'suites/costs.json', 'suites/version.json'],
  profiles: ['spec'],
  cli: ['spec', 'runner', 'reports', 'profiles', 'endpoint', 'mock', 'reference-server'],
  'vitest-suite': ['spec', 'suites', 'runner', 'reports', 'profiles'],
};

interface Arrow {
  readonly from: string;
  readonly to: string;
}

function importsOf(file: string): readonly string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/(?:\bfrom|\bimport\(|^import)\s*'([^']+)'/gm)].flatMap(([, specifier]) => specifier ?? []);
}

function arrowsOf(room: string): readonly Arrow[] {
  const files = globSync(`${room}/**/*.{ts,cts}`, { cwd: root, exclude: ['**/*.test.ts', '**/*.fixture.ts'] });
  return files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => ({ from: file, to: relative(root, resolve(root, dirname(file), specifier)) })),
  );
}

describe.each(Object.entries(allowed))('%s', (room, others) => {
  test(`imports nothing but itself${others.length === 0 ? '' : `, ${others.join(', ')}`}`, () => {
    const arrows = arrowsOf(room);
    expect(arrows.length).toBeGreaterThan(0);
    const strays = arrows.filter(({ to }) => ![room, ...others].some((place) => to === place || to.startsWith(`${place}/`)));
    expect(strays).toEqual([]);
  });
});

test.each(['spec', 'endpoint', 'mock'])('the core of %s uses nothing of Node', (room) => {
  const files = globSync(`${room}/**/*.ts`, { cwd: root, exclude: ['**/*.test.ts', '**/*.fixture.ts', '**/node/**', '**/node.ts'] });
  const users = files.filter((file) => importsOf(file).some((specifier) => specifier.startsWith('node:')));
  expect(users).toEqual([]);
});
