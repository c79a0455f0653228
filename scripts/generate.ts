// Makes `spec/generated` from `spec/schemas`: TypeScript types and validators.
// `node scripts/generate.ts` writes the files; `--check` writes nothing and exits 1 if a committed file differs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publicSchemas } from './generate/public-schemas.ts';
import { readSchemas } from './generate/read-schemas.ts';
import { generateTypes } from './generate/types.ts';
import { generateValidators } from './generate/validators.ts';

const root = resolve(import.meta.dirname, '..');
const target = join(root, 'spec/generated');
const schemas = readSchemas(join(root, 'spec/schemas'), publicSchemas);

const files: Readonly<Record<string, string>> = {
  'types.ts': await generateTypes(schemas),
  ...generateValidators(schemas),
};

if (process.argv.includes('--check')) {
  const drifted = Object.keys(files).filter((name) => committed(name) !== files[name]);
  if (drifted.length > 0) {
    const names = drifted.map((name) => `spec/generated/${name}`).join(', ');
    console.error(`Not what spec/schemas would generate: ${names}; run "npm run generate" and commit the result.`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(target, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(target, name), text);
}

function committed(name: string): string | undefined {
  try {
    return readFileSync(join(target, name), 'utf8');
  } catch {
    return undefined;
  }
}
