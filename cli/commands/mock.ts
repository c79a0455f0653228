/** `conformance mock`: the scripted server on a port, until it is interrupted. */
import { openConsole } from '../console.ts';
import { interrupted } from '../interrupt.ts';
import type { Flags } from '../settings/given.ts';
import { hostAndPort } from './listening.ts';

export async function mockCommand(flags: Flags): Promise<void> {
  const terminal = openConsole();
  const address = hostAndPort(flags, 0);
  const [{ createMock }, { listen }] = await Promise.all([import('../../mock/index.ts'), import('../../endpoint/node/index.ts')]);
  const server = await listen(createMock(), address);
  // The first line is the URL alone, for scripts that start a mock on any free port.
  terminal.out(`${server.url}\n`);
  await interrupted();
  await server.close();
}
