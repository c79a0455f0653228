import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Every module that the file loads at run time, itself included, and every package and part of Node. */
function loadedBy(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, name = ''] of text.matchAll(/getBuiltinModule\('([^']+)'\)/g)) seen.add(name);
  const imports = text.matchAll(/^(?:import|export)\b(?! type\b)[^;]*? from '([^']+)';/gms);
  for (const [, target = ''] of imports) {
    if (target.startsWith('.')) loadedBy(resolve(dirname(file), target), seen);
    else seen.add(target);
  }
  return seen;
}

describe('The core', () => {
  it.each(['index.ts', '../mock/index.ts'])('loads nothing of Node and no package, so that it runs in a browser: %s', (entry) => {
    const loaded = [...loadedBy(resolve(import.meta.dirname, entry))];
    expect(loaded.length).toBeGreaterThan(20);
    expect(loaded.filter((file) => !file.startsWith('/'))).toStrictEqual([]);
  });

  it('is told apart from what needs Node', () => {
    expect([...loadedBy(resolve(import.meta.dirname, 'node/index.ts'))]).toContain('node:http');
  });
});
