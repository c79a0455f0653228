/** `conformance mock`: a mock server on a port, until it is interrupted. */
import { setFlagsFromString } from 'node:v8';
import type { Endpoint } from '../../endpoint/index.ts';
import { safeText } from '../../reports/terminal/safe-text.ts';
import { type Console, openConsole } from '../console.ts';
import { interrupted } from '../interrupt.ts';
import type { Flags } from '../settings/given.ts';
import { faultsOf } from '../settings/known-faults.ts';
import { readMockSettings, type MockSettings } from '../settings/mock-settings.ts';
import { hostAndPort } from './listening.ts';

/** What is in progress at the first Ctrl-C has so long to end. */
const graceMs = 1000;

export async function mockCommand(flags: Flags): Promise<void> {
  // A mock may be up all day beside what it is a mock for: the heap grows by a tenth of what is alive, not to a multiple. It takes no more time.
  setFlagsFromString('--heap-growing-percent=10');
  const terminal = openConsole();
  const address = hostAndPort(flags, 0);
  const settings = readMockSettings(flags, process.env);
  const wrap = (await faultsOf(flags)) ?? ((endpoint: Endpoint) => endpoint);
  const [{ listen }, { withLog }, served] = await Promise.all([
    import('../../endpoint/node/index.ts'),
    import('./mock-log.ts'),
    openMock(settings, terminal),
  ]);
  const log = { write: (line: string) => terminal.err(`${line}\n`), now: () => performance.now() };
  const endpoint = wrap(served.endpoint);
  const server = await listen(flags['log'] === true ? withLog(endpoint, log) : endpoint, address);
  // The first line is the URL alone, for scripts that start a mock on any free port.
  terminal.out(`${server.url}\n`);
  await interrupted();
  await server.close(graceMs);
  await served.flush?.();
}

interface Served {
  readonly endpoint: Endpoint;
  /** Writes what is left. */
  readonly flush?: () => Promise<void>;
}

function openMock(settings: MockSettings, terminal: Console): Promise<Served> {
  switch (settings.kind) {
    case 'record':
      return openRecorder(settings, terminal);
    case 'replay':
      return openReplay(settings, terminal);
    case 'script':
      return openScript(settings, terminal);
  }
}

async function openRecorder({ folder, upstream }: Extract<MockSettings, { kind: 'record' }>, terminal: Console): Promise<Served> {
  const { recordTo } = await import('../../mock/record/node/record-to.ts');
  const recorder = recordTo(folder, { upstream, onNote: (sentence) => terminal.err(`${sentence}\n`) });
  return { endpoint: recorder, flush: () => recorder.flush() };
}

async function openReplay({ folder, speed }: Extract<MockSettings, { kind: 'replay' }>, terminal: Console): Promise<Served> {
  const { replayFrom } = await import('../../mock/record/node/replay-from.ts');
  const print = (line: string): void => terminal.err(`${safeText(line)}\n`);
  const endpoint = replayFrom(folder, {
    speed,
    onDrift: ({ method, path, message }) => `${method} ${path}: ${message}`.split('\n').forEach(print),
  });
  return { endpoint };
}

async function openScript(settings: Extract<MockSettings, { kind: 'script' }>, terminal: Console): Promise<Served> {
  const { file, models, hasControl, options } = settings;
  const [{ namedModels }, { scopedMocks }, { withControl }] = await Promise.all([
    import('./mock-models.ts'),
    import('../../mock/script-file/scoped-mocks.ts'),
    import('../../mock/script-file/control.ts'),
  ]);
  const script = file === undefined ? undefined : await (await import('../../mock/script-file/node/load-script.ts')).loadScript(file);
  const mockOptions = {
    ...options,
    ...(models.length > 0 && { models: namedModels(models) }),
    onWarning: (problem: string) => terminal.err(`${safeText(problem)}\n`),
  };
  const mocks = scopedMocks(mockOptions, script);
  return { endpoint: hasControl ? withControl(mocks) : mocks };
}
