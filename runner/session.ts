/**
 * The sending side of a run: every request goes through here, is recorded, and is tied to the steps that asked for it.
 * Equal plain sends are shared; a busy server is given time; a server that has gone is noticed.
 */
import type { Exchange, Step } from '../spec/index.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import type { ProbeRequest, SdkOptions, SdkUse, SendOptions } from '../suites/model/probe.ts';
import { evidenceOf } from './evidence.ts';
import { busyFor, maxBusyRetries } from './busy.ts';
import { drive } from './clients/drive.ts';
import { type AnthropicClass, loadSdk } from './clients/sdk.ts';
import { type Knock, type Pulse, takePulse } from './pulse.ts';
import type { Recorder, WireOptions, WireRequest } from './wire/index.ts';
import { StepBook } from './step-book.ts';
import { type Addressee, sendingKey, wireRequest } from './wire-request.ts';

/** Thrown through a probe when the run is over; never reaches the user. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
}

export interface SessionOptions {
  readonly recorder: Recorder;
  readonly addressee: () => Addressee;
  /** Where the target keeps its models list. */
  readonly modelsPath: string;
  /** Aborts what is in flight and stops the run. */
  readonly signal: AbortSignal;
  /** Waits; rejects where the signal aborts first. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Whether the server answers again; sent while nothing else is. */
  readonly knock: () => Promise<Knock>;
  /** Loads the official SDK; rejects with PeerAbsentError where it is not installed. Default: the package. */
  readonly loadSdk?: () => Promise<AnthropicClass>;
  readonly onStep?: (step: Step, evidence: Evidence) => void;
}

export class Session {
  readonly exchanges: Exchange[] = [];
  readonly #book = new StepBook();
  /** Evidence of exchanges whose steps have not changed since. */
  readonly #views = new Map<string, { readonly steps: readonly Step[]; readonly evidence: Evidence }>();
  readonly #options: SessionOptions;
  readonly #shared = new Map<string, Promise<Exchange>>();
  readonly #pulse: Pulse;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#pulse = takePulse(options.knock);
  }

  get steps(): readonly Step[] {
    return this.#book.all;
  }

  /** Whether the server has stopped answering for good. */
  get isServerGone(): boolean {
    return this.#pulse.isGone();
  }

  /** Marks the steps during which the server stopped answering. */
  markStops(): void {
    this.#book.markStopped(this.#pulse.stoppedOn);
  }

  /** Sends the named step and records it. @throws RunStopped */
  async send(probe: string, step: string, request: ProbeRequest, options: SendOptions = {}): Promise<Evidence> {
    const isPlain = options.fresh !== true && options.abortAfter === undefined && options.connection !== 'new';
    for (let retry = 0; ; retry += 1) {
      const exchange = isPlain && retry === 0 ? await this.#sendShared(request) : await this.#sendOnce(request, options);
      const busyMs = busyFor(exchange);
      const last = busyMs === undefined || retry === maxBusyRetries;
      const noted = this.#note(probe, step, exchange, options, last, last && busyMs !== undefined);
      const evidence = this.evidence(exchange);
      this.#options.onStep?.(noted, evidence);
      this.#stopIfOver();
      if (last) return evidence;
      await this.#wait(busyMs);
    }
  }

  /**
   * Lets the official SDK make requests, each recorded as the next of the named steps.
   * @returns evidence of the first.
   * @throws RunStopped, and PeerAbsentError where the SDK is not installed
   */
  async sdk(probe: string, names: readonly [string, ...string[]], use: SdkUse, { hangsUp = false }: SdkOptions = {}): Promise<Evidence> {
    const { addressee, recorder, loadSdk: load = loadSdk } = this.#options;
    const Sdk = await load();
    for (let retry = 0; ; retry += 1) {
      const send = (request: WireRequest, options: WireOptions): Promise<Exchange> => this.#dispatch(request, options);
      const redact = (text: string): string => recorder.redact(text);
      const { exchanges, observed } = await drive(Sdk, { addressee: addressee(), most: names.length, hangsUp, send, redact }, use);
      const busyMs = exchanges.map(busyFor).find((ms) => ms !== undefined);
      const last = busyMs === undefined || retry === maxBusyRetries;
      const noted = exchanges.map((exchange, n) =>
        this.#note(probe, names[n] ?? names[0], exchange, {}, last, last && busyMs !== undefined, {
          ...(hangsUp ? { hungUp: true } : {}),
          ...(n === 0 ? { observed } : {}),
        }),
      );
      for (const [n, exchange] of exchanges.entries()) {
        const step = noted[n];
        if (step !== undefined) this.#options.onStep?.(step, this.evidence(exchange));
      }
      this.#stopIfOver();
      const [first] = exchanges;
      if (first === undefined) throw new Error(`the SDK sent nothing: ${observed.error?.message ?? 'and returned'}`);
      if (last) return this.evidence(first);
      await this.#wait(busyMs);
    }
  }

  /** What is judged: exchanges that a step asked for. One that was sent again because its idle connection had been closed is only recorded. */
  allEvidence(): readonly Evidence[] {
    return this.exchanges.filter(({ id }) => this.#book.of(id).length > 0).map((exchange) => this.evidence(exchange));
  }

  /** The view that checks have of a recorded exchange. */
  evidence(exchange: Exchange): Evidence {
    const steps = this.#book.of(exchange.id);
    const known = this.#views.get(exchange.id);
    if (known !== undefined && known.steps.length === steps.length && steps.every((step, n) => step === known.steps[n]))
      return known.evidence;
    const { addressee, modelsPath } = this.#options;
    const evidence = evidenceOf(exchange, steps, {
      baseUrl: addressee().baseUrl,
      modelsPath,
      preflight: steps.every(({ probe }) => probe === 'preflight'),
    });
    this.#views.set(exchange.id, { steps, evidence });
    return evidence;
  }

  #sendShared(request: ProbeRequest): Promise<Exchange> {
    const wire = wireRequest(request, this.#options.addressee());
    const key = sendingKey(wire);
    const earlier = this.#shared.get(key);
    if (earlier !== undefined) return earlier;
    const sending = this.#dispatch(wire, {});
    this.#shared.set(key, sending);
    return sending;
  }

  async #sendOnce(request: ProbeRequest, { abortAfter, connection, maxResponseMs }: SendOptions): Promise<Exchange> {
    return await this.#dispatch(wireRequest(request, this.#options.addressee()), {
      ...(abortAfter === undefined ? {} : { abortAfter }),
      ...(connection === undefined ? {} : { connection }),
      ...(maxResponseMs === undefined ? {} : { maxResponseMs }),
    });
  }

  async #dispatch(wire: WireRequest, { signal: own, ...rest }: WireOptions): Promise<Exchange> {
    await this.#pulse.whenSteady();
    this.#stopIfOver();
    const { recorder, signal } = this.#options;
    const options = { ...rest, signal: own === undefined ? signal : AbortSignal.any([signal, own]) };
    let { exchange } = await recorder.send(wire, options);
    this.exchanges.push(exchange);
    // A server may close an idle connection just as it is used again: no fault of the request, so it is asked once more.
    if (exchange.ended === 'reset' && exchange.connection.reused && exchange.response === undefined && !signal.aborted) {
      ({ exchange } = await recorder.send(wire, { ...options, connection: 'new' }));
      this.exchanges.push(exchange);
    }
    await this.#pulse.feel(exchange);
    return exchange;
  }

  #note(
    probe: string,
    step: string,
    exchange: Exchange,
    { control, adds, abortAfter }: SendOptions,
    last: boolean,
    busy: boolean,
    more: Pick<Step, 'hungUp' | 'observed'> = {},
  ): Step {
    return this.#book.add(probe, step, exchange.id, {
      last,
      ...(control === undefined ? {} : { control }),
      ...(adds === undefined ? {} : { adds }),
      ...(busy ? { busy } : {}),
      ...(abortAfter === undefined ? {} : { hungUp: true }),
      ...more,
    });
  }

  async #wait(ms: number): Promise<void> {
    await this.#options.sleep(ms, this.#options.signal).catch(() => undefined);
    this.#stopIfOver();
  }

  #stopIfOver(): void {
    if (this.#options.signal.aborted || this.#pulse.isGone()) throw new RunStopped();
  }
}
