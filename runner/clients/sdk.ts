/**
 * The official SDK, given everything explicitly: it reads environment variables and home folders for what it is not told, and neither a key
 * nor a header of the user's may go to a server that is only being checked.
 */
import type Anthropic from '@anthropic-ai/sdk';
import type { ClientOptions } from '@anthropic-ai/sdk';
import type { Addressee } from '../wire-request.ts';
import type { Fetch } from './fetch.ts';

export type AnthropicClass = typeof Anthropic;

/** Sent where the run has no key: the SDK insists on one. */
export const dummyKey = 'sk-dummy-key-because-the-sdk-wants-one-0000000000';

/** Thrown through a probe that needs a package which is not installed. */
export class PeerAbsentError extends Error {
  override readonly name = 'PeerAbsentError';
}

/** @throws PeerAbsentError where the package is not installed */
export async function loadSdk(importSdk: () => Promise<{ readonly Anthropic: AnthropicClass }> = importPackage): Promise<AnthropicClass> {
  try {
    return (await importSdk()).Anthropic;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes("'@anthropic-ai/sdk'"))
      throw new PeerAbsentError('@anthropic-ai/sdk is not installed', { cause: error });
    throw error;
  }
}

function importPackage(): Promise<{ readonly Anthropic: AnthropicClass }> {
  return import('@anthropic-ai/sdk');
}

/** Only the recorder's own limits count. */
const timeout = 24 * 60 * 60 * 1000;

export function createClient(Sdk: AnthropicClass, { baseUrl, apiKey, headers }: Addressee, fetch: Fetch): Anthropic {
  const isTold = (name: string): boolean => headers.some(([given]) => given.toLowerCase() === name);
  // Who authenticates by a header of their own, or by the URL, is not to be contradicted by a dummy.
  const isSilent = apiKey === undefined && !isTold('authorization') && (isTold('x-api-key') || new URL(baseUrl).username !== '');
  const options: ClientOptions = {
    baseURL: baseUrl,
    apiKey: apiKey ?? dummyKey,
    authToken: null,
    webhookKey: null,
    maxRetries: 0,
    timeout,
    fetch,
    logLevel: 'off',
    openTelemetry: { traces: false, propagation: false },
    // Test environments may look like a browser, in which the SDK refuses to work; elsewhere the option would add a header.
    dangerouslyAllowBrowser: 'window' in globalThis,
    defaultHeaders: { ...Object.fromEntries(headers), ...(isSilent ? { authorization: null } : {}) },
  };
  return withoutVariables(() => new Sdk(options));
}

/** The SDK takes headers from `ANTHROPIC_CUSTOM_HEADERS`, and no option says that it shall not. Nothing else runs meanwhile. */
function withoutVariables<Made>(make: () => Made): Made {
  const { env } = process;
  const hidden = Object.entries(env).filter(([name]) => name.startsWith('ANTHROPIC_'));
  for (const [name] of hidden) Reflect.deleteProperty(env, name);
  try {
    return make();
  } finally {
    for (const [name, value] of hidden) env[name] = value;
  }
}
