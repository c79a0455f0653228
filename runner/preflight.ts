/**
 * The first requests of a run: which model to name, and whether the server can be asked at all. It tells refused connection, missing or
 * wrong key, missing route and unknown model apart, without matching anyone's wording.
 */
import type { AuthStyle, Target } from '../spec/index.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { getRequest, messagesRequest, type ProbeRequest } from '../suites/model/probe.ts';
import { listedModels } from '../suites/models/lists.ts';
import { isOfApi } from './judge/capabilities.ts';

export type Preflight =
  | {
      readonly state: 'ready';
      readonly model: string;
      readonly modelFrom: Target['modelFrom'];
      readonly auth: AuthStyle;
      readonly notes: readonly string[];
    }
  | {
      readonly state: 'stopped';
      /** `misconfigured`: the user can mend it. `unreachable`: no connection. `broken`: the server's own fault. */
      readonly because: 'misconfigured' | 'unreachable' | 'broken';
      /** One sentence that names the flag to use. */
      readonly hint: string;
    };

export interface PreflightOptions {
  readonly baseUrl: string;
  readonly model: string | undefined;
  readonly modelsPath: string;
  readonly hasKey: boolean;
  /** Variable with a key that is not sent because nobody named it for this server. */
  readonly unusedKey?: string;
  readonly auth: AuthStyle;
  /** Whether the user chose the style, so that another is not tried. */
  readonly isAuthChosen: boolean;
  readonly setAuth: (auth: AuthStyle) => void;
  readonly send: (step: string, request: ProbeRequest) => Promise<Evidence>;
}

export async function preflight(options: PreflightOptions): Promise<Preflight> {
  const notes: string[] = [];
  const discovered = options.model === undefined ? await discover(options, notes) : undefined;
  if (discovered !== undefined && 'state' in discovered) return discovered;
  const model = options.model ?? discovered?.model ?? '';
  let auth = options.auth;
  let first = await options.send('message', knockRequest(model));
  if (isAuthFailure(first) && options.hasKey && !options.isAuthChosen) {
    options.setAuth('bearer');
    const second = await options.send('message-bearer', knockRequest(model));
    if (isAuthFailure(second)) options.setAuth(auth);
    else {
      auth = 'bearer';
      first = second;
      notes.push('The server takes the key only as "Authorization: Bearer"; the run uses that.');
    }
  }
  const stop = await obstacle(first, model, options);
  if (stop !== undefined) return stop;
  if (first.status !== undefined && first.status >= 300)
    notes.push(`The first request was answered ${first.status}; the run goes on to find out why.`);
  else if (first.status !== undefined && !isOfApi(first))
    notes.push('The first request was answered 200 with something else than a message: this does not look like a Messages API.');
  return { state: 'ready', model, modelFrom: options.model === undefined ? 'models-list' : 'option', auth, notes };
}

/** The smallest request that generates. */
export function knockRequest(model: string): ProbeRequest {
  return messagesRequest({ model, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] });
}

type Stopped = Extract<Preflight, { state: 'stopped' }>;

async function discover(options: PreflightOptions, notes: string[]): Promise<{ readonly model: string } | Stopped> {
  let list = await options.send('models', getRequest(options.modelsPath));
  if (isAuthFailure(list) && options.hasKey && !options.isAuthChosen) {
    options.setAuth('bearer');
    const again = await options.send('models-bearer', getRequest(options.modelsPath));
    options.setAuth(options.auth);
    if (!isAuthFailure(again)) list = again;
  }
  const reached = unreached(list, options);
  if (reached !== undefined) return reached;
  if (isAuthFailure(list)) return keyHint(list, options);
  const [model] = listedModels(list.json);
  if (model === undefined) {
    const missing = await missingRoute(list, options);
    if (missing !== undefined) return missing;
    const own = refusalOf(list);
    const what =
      own === undefined
        ? `${options.modelsPath} names no model (${answerOf(list)}); name one with --model NAME.`
        : `The server answered ${list.status} to GET ${options.modelsPath}: ${sentence(own)} Where only the list is missing, name a model with --model NAME.`;
    return { state: 'stopped', because: 'misconfigured', hint: what };
  }
  notes.push(`Model ${model} taken from ${options.modelsPath}; choose another with --model NAME.`);
  return { model };
}

async function obstacle(first: Evidence, model: string, options: PreflightOptions): Promise<Stopped | undefined> {
  const unreachable = unreached(first, options);
  if (unreachable !== undefined) return unreachable;
  if (isAuthFailure(first)) return keyHint(first, options);
  if (first.mediaType === 'text/html') return noRoute(first, options);
  if (first.status !== 404 && first.status !== 405) return undefined;
  const known = listedModels((await options.send('models', getRequest(options.modelsPath))).json);
  if (known.length > 0 && !known.includes(model)) {
    return {
      state: 'stopped',
      because: 'misconfigured',
      hint: `The server does not know the model "${model}"; it lists ${known.slice(0, 5).join(', ')}. Choose with --model NAME.`,
    };
  }
  const missing = await missingRoute(first, options);
  if (missing !== undefined) return missing;
  return {
    state: 'stopped',
    because: 'misconfigured',
    hint: `The server does not know the model "${model}"; name one that it serves with --model NAME.`,
  };
}

/** A route that exists has something else to say about a body without a model. */
async function missingRoute(first: Evidence, options: PreflightOptions): Promise<Stopped | undefined> {
  const empty = await options.send('empty-object', { method: 'POST', path: '/v1/messages', json: {} });
  const isMissing = empty.status === 404 || empty.status === 405 || empty.mediaType === 'text/html';
  return isMissing ? noRoute(first, options) : undefined;
}

function unreached({ ended, exchange, status }: Evidence, { baseUrl }: PreflightOptions): Stopped | undefined {
  if (ended === 'limit-by-us') {
    return {
      state: 'stopped',
      because: 'broken',
      hint: `${baseUrl} began to answer and did not end: ${sentence(exchange.problem ?? ended)}`,
    };
  }
  if (status !== undefined) return undefined;
  if (ended === 'refused') {
    return {
      state: 'stopped',
      because: 'unreachable',
      hint: `Cannot reach ${baseUrl}: ${sentence(exchange.problem ?? 'the connection was refused')} If it is still starting, --wait SECONDS waits for it.`,
    };
  }
  if (ended === 'timed-out-by-us') {
    return {
      state: 'stopped',
      because: 'broken',
      hint: `${baseUrl} took the connection and never answered; --timeout SECONDS gives it longer.`,
    };
  }
  return {
    state: 'stopped',
    because: 'broken',
    hint: `${baseUrl} broke the connection without an HTTP answer: ${sentence(exchange.problem ?? ended)}`,
  };
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

function keyHint({ status }: Evidence, { hasKey, auth, isAuthChosen, unusedKey }: PreflightOptions): Stopped {
  const wants = `The server wants a key (${status})`;
  const name = 'name the environment variable that holds it with --api-key-env NAME.';
  const hint =
    isAuthChosen && auth === 'none'
      ? `${wants}, and --auth none sends none, whatever --api-key-env names; leave out --auth none.`
      : hasKey
        ? `The server refused the key (${status}); check it, or send it another way with --auth x-api-key, bearer or both.`
        : unusedKey === undefined
          ? `${wants}; ${name}`
          : `${wants}. ${unusedKey} is set, but was not sent: that key goes to another host than api.anthropic.com only where it is named, with --api-key-env ${unusedKey}.`;
  return { state: 'stopped', because: 'misconfigured', hint };
}

function noRoute(first: Evidence, { baseUrl }: PreflightOptions): Stopped {
  return {
    state: 'stopped',
    because: 'broken',
    hint: `POST ${baseUrl}/v1/messages does not exist there (${answerOf(first)}); check --base-url, which ends before /v1.`,
  };
}

function isAuthFailure({ status }: Evidence): boolean {
  return status === 401 || status === 403;
}

function answerOf({ status, mediaType }: Evidence): string {
  return `${status ?? 'no answer'}${mediaType === '' ? '' : `, ${mediaType}`}`;
}

/** What the server says for itself where it refuses a list that it has. */
function refusalOf({ status = 0, json }: Evidence): string | undefined {
  if (status < 400 || absent.has(status) || typeof json !== 'object' || json === null || !('error' in json)) return undefined;
  const { error } = json;
  if (typeof error !== 'object' || error === null || !('message' in error) || typeof error.message !== 'string') return undefined;
  const text = error.message.trim();
  return text === '' ? undefined : text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

/** Statuses of routes that are not there: the router's words help nobody. */
const absent: ReadonlySet<number> = new Set([404, 405, 501]);
const longestQuote = 300;
