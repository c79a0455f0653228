/**
 * The sending side of a run: every request goes through here, is recorded, and is tied to the steps that asked for it.
 * Equal plain sends are shared; a busy server is given time; a server that has gone is noticed.
 */
import type { Exchange, Step } from '../spec/index.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import type { ProbeRequest, SendOptions } from '../suites/model/probe.ts';
import { evidenceOf } from './evidence.ts';
import { busyFor, maxBusyRetries } from './busy.ts';
import { type Knock, type Pulse, takePulse } from './pulse.ts';
import type { Recorder } from './wire/index.ts';
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
  readonly onStep?: (step: Step, evidence: Evidence) => void;
}

export class Session {
  readonly exchanges: Exchange[] = [];
  readonly steps: Step[] = [];
  readonly #options: SessionOptions;
  readonly #shared = new Map<string, Promise<Exchange>>();
  readonly #pulse: Pulse;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#pulse = takePulse(options.knock);
  }

  /** Whether the server has stopped answering for good. */
  get isServerGone(): boolean {
    return this.#pulse.isGone();
  }

  /** Marks the steps during which the server stopped answering. */
  markStops(): void {
    for (const [index, step] of this.steps.entries()) {
      if (this.#pulse.stoppedOn.has(step.exchange)) this.steps[index] = { ...step, serverStopped: true };
    }
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

  /** What is judged: exchanges that a step asked for. One that was sent again because its idle connection had been closed is only recorded. */
  allEvidence(): readonly Evidence[] {
    const asked = new Set(this.steps.map(({ exchange }) => exchange));
    return this.exchanges.filter(({ id }) => asked.has(id)).map((exchange) => this.evidence(exchange));
  }

  /** The view that checks have of a recorded exchange. */
  evidence(exchange: Exchange): Evidence {
    const steps = this.steps.filter((step) => step.exchange === exchange.id);
    const { addressee, modelsPath } = this.#options;
    return evidenceOf(exchange, steps, {
      baseUrl: addressee().baseUrl,
      modelsPath,
      preflight: steps.every(({ probe }) => probe === 'preflight'),
    });
  }

  #sendShared(request: ProbeRequest): Promise<Exchange> {
    const key = sendingKey(wireRequest(request, this.#options.addressee()));
    const earlier = this.#shared.get(key);
    if (earlier !== undefined) return earlier;
    const sending = this.#sendOnce(request, {});
    this.#shared.set(key, sending);
    return sending;
  }

  async #sendOnce(request: ProbeRequest, { abortAfter, connection, maxResponseMs }: SendOptions): Promise<Exchange> {
    await this.#pulse.whenSteady();
    this.#stopIfOver();
    const { recorder, addressee, signal } = this.#options;
    const wire = wireRequest(request, addressee());
    const options = {
      signal,
      ...(abortAfter === undefined ? {} : { abortAfter }),
      ...(connection === undefined ? {} : { connection }),
      ...(maxResponseMs === undefined ? {} : { maxResponseMs }),
    };
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

  #note(probe: string, step: string, exchange: Exchange, { control, adds, abortAfter }: SendOptions, last: boolean, busy: boolean): Step {
    const earlier = this.steps.filter((other) => other.probe === probe && other.step === step);
    const attempt = earlier.length + 1;
    for (const [index, other] of this.steps.entries()) if (earlier.includes(other)) this.steps[index] = { ...other, last: false };
    const noted: Step = {
      address: attempt === 1 ? `${probe}/${step}` : `${probe}/${step}#${attempt}`,
      probe,
      step,
      attempt,
      last,
      exchange: exchange.id,
      ...(control === undefined ? {} : { control }),
      ...(adds === undefined ? {} : { adds }),
      ...(busy ? { busy } : {}),
      ...(abortAfter === undefined ? {} : { hungUp: true }),
    };
    this.steps.push(noted);
    return noted;
  }

  async #wait(ms: number): Promise<void> {
    await this.#options.sleep(ms, this.#options.signal).catch(() => undefined);
    this.#stopIfOver();
  }

  #stopIfOver(): void {
    if (this.#options.signal.aborted || this.#pulse.isGone()) throw new RunStopped();
  }
}
