/** Chat templates as their vendors publish them, out of llama.cpp's sources. None of their text is part of this project. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleIsMissing, openBundle } from './llama-bundle.fixture.ts';

export interface VendorTemplates {
  readonly sources: ReadonlyMap<string, string>;
  /** Why there are none. */
  readonly missing?: string;
}

const folder = 'models/templates/';
const ending = '.jinja';

/** The templates by their names. */
export function readVendorTemplates(): VendorTemplates {
  const missing = bundleIsMissing();
  if (missing !== undefined) return { sources: new Map(), missing };
  const copy = mkdtempSync(join(tmpdir(), 'vendor-templates-'));
  try {
    const read = openBundle(copy);
    // Git shows a folder as the names of what is in it.
    const files = read(folder).toString().split('\n');
    const names = files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
    return { sources: new Map(names.map((name) => [name, read(`${folder}${name}${ending}`).toString()])) };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
