/** A home and a project that nobody has used before, so that neither settings nor credentials of the user take part. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Sandbox extends Disposable {
  /** The project, where Claude Code is started. */
  readonly project: string;
  /** The whole environment of Claude Code: nothing is inherited but PATH. */
  readonly env: Readonly<Record<string, string>>;
}

/** Not a key of anything. */
const token = 'sk-dummy-0123456789abcdef';

/**
 * @param files of the project, by name.
 * @param baseUrl of the server to be asked.
 * @param outside where everything goes that is not meant for that server.
 * @param settings of Claude Code, as environment variables.
 */
export function openSandbox(
  files: Readonly<Record<string, string>>,
  baseUrl: string,
  outside: string,
  settings: Readonly<Record<string, string>> = {},
): Sandbox {
  const root = mkdtempSync(join(tmpdir(), 'claude-code-'));
  const folder = (name: string): string => {
    const path = join(root, name);
    mkdirSync(path);
    return path;
  };
  const project = folder('project');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  return {
    project,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder('home'),
      USERPROFILE: join(root, 'home'),
      CLAUDE_CONFIG_DIR: folder('config'),
      TMPDIR: folder('tmp'),
      LANG: 'C.UTF-8',
      ANTHROPIC_BASE_URL: baseUrl,
      ANTHROPIC_AUTH_TOKEN: token,
      HTTPS_PROXY: outside,
      // It would go through the proxy to a plain http: server, too.
      NO_PROXY: '127.0.0.1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_AUTOUPDATER: '1',
      ...settings,
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
