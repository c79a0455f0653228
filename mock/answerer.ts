/** How the mock answers a valid request: limits and chance first, then the script, played as a stream or as one Message. */
import type { MessagesRequest } from '../spec/index.ts';
import { asText } from '../spec/as-text.ts';
import { ApiError, type Job, type Reply } from '../endpoint/index.ts';
import { defaultReply } from './default-reply.ts';
import type { Chaos } from './physics/chaos.ts';
import { Pacer, type Pace } from './physics/pace.ts';
import { seededRandom, type Random } from './physics/random.ts';
import type { RateLimiter } from './physics/rate-limiter.ts';
import { isImprovised, type Answer } from './play/answer.ts';
import { improvisedAnswer, isImprovisation } from './play/improvise.ts';
import { Performer } from './play/performer.ts';
import { planMessage } from './play/plan-message.ts';
import { planStream } from './play/plan-stream.ts';
import { readableRequest } from './readable.ts';
import { findContradiction } from './script/contradiction.ts';
import { isScriptedReply, type Call, type Improvisation, type ScriptedReply } from './script/reply.ts';
import type { Entry, Rulebook } from './script/rulebook.ts';
import { kindOf, MockScriptError } from './script/script-error.ts';
import type { Trouble } from './script/verification.ts';

export interface AnswererOptions {
  readonly rulebook: Rulebook;
  readonly pace: Pace;
  readonly random: Random;
  readonly limiter: RateLimiter | undefined;
  readonly chaos: Chaos | undefined;
  /** Whether `max_tokens` and stop sequences cut what the script says. */
  readonly cuts: boolean;
  /** Whether a script may not call tools that the request does not allow. */
  readonly checksTools: boolean;
  /** Whether only valid requests come here. */
  readonly isStrict: boolean;
  readonly countPrompt: (request: MessagesRequest) => number;
  readonly report: (trouble: Trouble) => void;
}

export function createAnswerer(options: AnswererOptions): (job: Job) => Promise<Reply> {
  const { rulebook, limiter, chaos } = options;
  return async (job) => {
    const promptTokens = options.countPrompt(job.request);
    const limits = limiter?.admit(promptTokens) ?? {};
    try {
      const fault = chaos?.strike();
      const reply = rulebook.isEmpty
        ? await playDefault(job, promptTokens, options)
        : await new Scripted(job, promptTokens, options).reply();
      const limited = withMissing(reply, limits);
      return fault === undefined ? limited : fault(limited, job.source);
    } catch (error) {
      throw error instanceof ApiError ? alsoWith(error, limits) : error;
    }
  };
}

/** The reply with those of the headers that the script did not say itself. */
function withMissing(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  const limits = Object.entries(headers);
  if (limits.length === 0) return reply;
  const missing = limits.filter(([name]) => !reply.headers.some(([said]) => said.toLowerCase() === name));
  return missing.length === 0 ? reply : { ...reply, headers: [...reply.headers, ...missing] };
}

/** The limiter has let the request through: an error, too, tells what is left. */
function alsoWith(error: ApiError, limits: Readonly<Record<string, string>>): ApiError {
  const said = new Set(Object.keys(error.headers).map((name) => name.toLowerCase()));
  const missing = Object.fromEntries(Object.entries(limits).filter(([name]) => !said.has(name)));
  const { type, message, status, details, cause } = error;
  return new ApiError(type, message, { status, cause, headers: { ...missing, ...error.headers }, ...(details && { details }) });
}

function playDefault(job: Job, promptTokens: number, options: AnswererOptions): Promise<Reply> | Reply {
  if (job.source.trace !== undefined) job.source.trace.matched = 'default';
  const readable = readableJob(job, options);
  return play(readable, defaultReply(readable.request).data, promptTokens, options);
}

/** What is read of a request by the mock itself. A valid one is read as it is. */
function readableJob(job: Job, { isStrict }: AnswererOptions): Job {
  return isStrict ? job : { ...job, request: readableRequest(job.request) };
}

/** One request on its way through the script. */
class Scripted {
  readonly #job: Job;
  /** As the mock itself reads it. */
  readonly #readable: Job;
  readonly #promptTokens: number;
  readonly #options: AnswererOptions;
  /** The entry that answers, as it was written. */
  #rule: string | undefined;

  constructor(job: Job, promptTokens: number, options: AnswererOptions) {
    // What a script throws is told to the author, who is also the client.
    this.#job = { ...job, toApiError: (error) => (error instanceof ApiError ? error : this.#failed(error)) };
    this.#readable = readableJob(this.#job, options);
    this.#promptTokens = promptTokens;
    this.#options = options;
  }

  async reply(): Promise<Reply> {
    try {
      return await this.#perform(this.#find());
    } catch (error) {
      throw this.#job.toApiError(error);
    }
  }

  #find(): Entry {
    const { request, headers, source } = this.#job;
    const lookup = this.#options.rulebook.use(request, headers);
    this.#rule = lookup.entry?.description;
    if (source.trace !== undefined) source.trace.matched = this.#rule ?? 'unmatched';
    if (lookup.entry === undefined) throw this.#trouble('unmatched', lookup.miss, 'invalid_request_error');
    return lookup.entry;
  }

  async #perform(entry: Entry): Promise<Reply> {
    const call: Call = { number: entry.used, requestId: this.#job.requestId, headers: this.#job.headers, signal: this.#job.signal };
    const scripted = await this.#resolve(entry, call);
    if (isImprovisation(scripted)) {
      return this.#play(improvisedAnswer(scripted, (said, isWhole) => this.#refuseContradiction(said, isWhole)));
    }
    if (scripted.kind === 'plan') return scripted.make(call);
    if (scripted.kind === 'refusal') {
      const { type, message, status, headers, details } = scripted;
      throw new ApiError(type, message, { headers, ...(status !== undefined && { status }), ...(details && { details }) });
    }
    this.#refuseContradiction(scripted.data, true);
    return this.#play(scripted.data);
  }

  #play(answer: Answer): Promise<Reply> | Reply {
    return play(this.#readable, answer, this.#promptTokens, this.#options);
  }

  async #resolve({ reply }: Entry, call: Call): Promise<ScriptedReply | Improvisation> {
    const made = typeof reply === 'function' ? await reply(this.#job.request, call) : reply;
    if (isScriptedReply(made) || isImprovisation(made)) return made;
    throw new MockScriptError('the function', `returned ${kindOf(made)}, and not a reply such as say('Hello').`);
  }

  #refuseContradiction(said: Parameters<typeof findContradiction>[1], isWhole: boolean): void {
    if (!this.#options.checksTools) return;
    const contradiction = findContradiction(this.#readable.request, said, isWhole);
    if (contradiction === undefined) return;
    const problem = `The mock script contradicts the request: ${this.#rule ?? ''}: ${contradiction}.`;
    throw this.#trouble('contradiction', problem, 'invalid_request_error');
  }

  #failed(error: unknown): ApiError {
    // What a matcher throws names its rule already.
    if (this.#rule === undefined && error instanceof MockScriptError) {
      return this.#trouble('failure', `The mock script failed: ${error.message}`, 'api_error');
    }
    const what = error instanceof Error ? `${error.name}: ${error.message}` : asText(error);
    return this.#trouble('failure', `The mock script failed: ${this.#rule ?? 'no entry'}: ${what}`, 'api_error');
  }

  /** A trouble of the script must be heard at once: nobody should retry it. */
  #trouble(kind: Trouble['kind'], problem: string, type: 'invalid_request_error' | 'api_error'): ApiError {
    const { source, requestId } = this.#job;
    this.#options.report({ kind, request: `${source.method} ${source.url}, ${requestId}`, problem, rule: this.#rule });
    return new ApiError(type, problem, { headers: { 'x-should-retry': 'false' } });
  }
}

function play(job: Job, answer: Answer, promptTokens: number, { pace, random, cuts }: AnswererOptions): Promise<Reply> | Reply {
  const { request } = job;
  const isStream = request.stream === true;
  const limits = cuts
    ? {
        maxTokens: Number.isFinite(request.max_tokens) ? request.max_tokens : Number.POSITIVE_INFINITY,
        stopSequences: request.stop_sequences ?? [],
      }
    : { maxTokens: Number.POSITIVE_INFINITY, stopSequences: [] };
  const paced = answer.paced ?? pace;
  const { output_tokens: _, ...usage } = answer.usage;
  const performance = {
    answer,
    performer: new Performer(limits, { isWhole: !isStream || isImprovised(answer.parts) }),
    pacer: new Pacer(paced, paced.seed === undefined ? random : seededRandom(paced.seed)),
    start: { type: 'event', event: { type: 'start', prompt: { input: promptTokens }, usage }, tokens: 0 },
  } as const;
  return isStream ? planStream(job, performance) : planMessage(job, performance);
}
