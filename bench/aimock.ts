/** Brings in the rival: no dependency of this package, installed for the time of the benchmark into a folder of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Installed extends AsyncDisposable {
  readonly folder: string;
  readonly version: string;
}

/** Undefined where it cannot be installed, which is said; the benchmark goes on without it. */
export async function installAimock(): Promise<Installed | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-aimock-'));
  const remove = (): void => rmSync(folder, { recursive: true });
  process.stderr.write(`npm install @copilotkit/aimock, into ${folder} (removed afterwards)\n`);
  try {
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', '@copilotkit/aimock'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const manifest: { readonly version: string } = JSON.parse(
      readFileSync(join(folder, 'node_modules/@copilotkit/aimock/package.json'), 'utf8'),
    );
    return { folder, version: manifest.version, [Symbol.asyncDispose]: async () => remove() };
  } catch (error) {
    process.stderr.write(`It could not be installed, so it is left out: ${String(error)}\n`);
    remove();
    return undefined;
  }
}
