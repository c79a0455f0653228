/** `conformance serve`: the reference server on a port, until it is interrupted. With `--upstream` another engine does its work. */
import { shellQuote } from '../../reports/shell-quote.ts';
import { safeText } from '../../reports/terminal/safe-text.ts';
import type { ReferenceServer, ReferenceServerOptions } from '../../reference-server/serve.ts';
import { faultLine } from '../../reference-server/operations/fault-line.ts';
import { type Console, openConsole } from '../console.ts';
import { programName } from '../hints.ts';
import { interrupted } from '../interrupt.ts';
import { defined } from '../settings/defined.ts';
import type { Flags } from '../settings/given.ts';
import { gpuLayers } from '../settings/gpu-layers.ts';
import { parseCount } from '../settings/parse.ts';
import { faultsOf } from '../settings/known-faults.ts';
import { serveSettings } from '../settings/serve-settings.ts';
import { type UpstreamSettings, upstreamSettings } from '../settings/upstream.ts';
import { hostAndPort, isLoopback } from './listening.ts';
import { serveModel } from './serve-model.ts';

/** Free on most machines; LM Studio has 1234, vLLM 8000, llama.cpp 8080, Ollama 11434. */
const defaultPort = 8642;

export async function serveCommand(flags: Flags): Promise<void> {
  const terminal = openConsole();
  const address = hostAndPort(flags, defaultPort);
  const { apiKeys, graceMs, hasLog, hasBodies, ...operations } = serveSettings(flags, process.env);
  const upstream = upstreamSettings(flags, process.env);
  const wrap = await faultsOf(flags);
  const shared: ReferenceServerOptions = defined({
    port: address.port,
    // Whoever names the address means other names than those of the loopback to work too.
    host: flags['host'] === undefined ? undefined : address.host,
    ...operations,
    apiKeys,
    wrap,
    log: hasLog ? { write: (line: string) => terminal.err(`${line}\n`), hasBodies } : undefined,
    onError: (error: unknown, requestId: string) => terminal.err(`${faultLine(error, requestId, { hasBodies })}\n`),
  });
  const server = upstream === undefined ? await startModel(flags, shared, terminal) : await startUpstream(upstream, shared);
  if (server === undefined) return;
  const key = apiKeys.length === 0 ? 'ANTHROPIC_AUTH_TOKEN=none' : 'ANTHROPIC_AUTH_TOKEN=YOUR-KEY';
  const keyFlag = apiKeys.length === 0 ? '' : ' --api-key-env NAME';
  // An engine may call its model as it likes.
  const id = safeText(server.model.id);
  terminal.out(
    [
      `Serving ${id} on ${server.url}`,
      '',
      `  check it     ${programName} --base-url ${server.url}${keyFlag}`,
      `  Claude Code  ANTHROPIC_BASE_URL=${server.url} ${key} claude --model ${shellQuote(id)}`,
      '',
      'Ctrl-C ends it.',
      '',
    ].join('\n'),
  );
  if (apiKeys.length === 0 && !isLoopback(address.host))
    terminal.err(`Anyone who reaches ${address.host} may use it; --api-key-env NAME asks for a key.\n`);
  await interrupted();
  await server.close(graceMs);
}

async function startModel(flags: Flags, shared: ReferenceServerOptions, terminal: Console): Promise<ReferenceServer | undefined> {
  const model = await serveModel(flags, terminal);
  if (model === undefined) return undefined;
  const options: ReferenceServerOptions = defined({
    ...shared,
    ...model,
    contextSize: countOf(flags, 'contextSize', '--context-size'),
    threads: countOf(flags, 'threads', '--threads'),
    sequences: countOf(flags, 'parallel', '--parallel'),
    gpuLayers: gpuLayers(flags),
    trial: flags['trial'] === false ? false : undefined,
    longestQueue: countOf(flags, 'maxQueue', '--max-queue'),
  });
  const { startReferenceServer } = await import('../../reference-server/serve.ts');
  return startReferenceServer(options);
}

async function startUpstream(upstream: UpstreamSettings, shared: ReferenceServerOptions): Promise<ReferenceServer> {
  const { startUpstreamServer } = await import('../../reference-server/upstream/serve.ts');
  return startUpstreamServer({ ...shared, ...upstream });
}

function countOf(flags: Flags, name: string, origin: string): number | undefined {
  const text = flags[name];
  return typeof text === 'string' ? parseCount(text, origin) : undefined;
}
