/** A run from options to record: preflight, then probes. Whatever ends it, what was recorded is judged and returned. */
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Ended, RunRecord, Target } from '../spec/index.ts';
import { checks, probes } from '../suites/catalogue.ts';
import type { Probe } from '../suites/model/probe.ts';
import { normaliseBaseUrl } from './base-url.ts';
import { capabilitiesOf } from './judge/capabilities.ts';
import { knocker, waitUntilUp } from './knock.ts';
import { defaultApiVersion, type RunOptions } from './options.ts';
import { preflight } from './preflight.ts';
import { probeClient, type ProbeTarget } from './probe-client.ts';
import { progressOf } from './progress.ts';
import { recordOf } from './record.ts';
import { sendAll } from './schedule.ts';
import { leftOut, probesOf } from './select.ts';
import { RunStopped, Session } from './session.ts';
import { stopperOf } from './stopper.ts';
import { suite } from './suite.ts';
import { createRecorder, type Recorder } from './wire/index.ts';
import { type Addressee, wrongKey } from './wire-request.ts';

const defaults = { concurrency: 4, timeoutMs: 120_000, level: 'may', failOn: 'must', modelsPath: '/v1/models' } as const;

/** A response may take so many times the timeout, as long as it is never silent for longer than that. */
const patience = 5;

/** The addressee of a run: preflight may find the model and how the key is taken. */
type Finding = { -readonly [Key in keyof Addressee]: Addressee[Key] } & { model: string; modelFrom: Target['modelFrom'] };

/**
 * Sends the catalogue's probes to a server and judges what it answered.
 * @returns the run record; `exitCode` in it is what the command line exits with.
 * @throws ConformanceError `usage` for options that cannot be meant, `target` where `waitMs` ran out.
 */
export async function run(options: RunOptions): Promise<RunRecord> {
  const { baseUrl, note } = normaliseBaseUrl(options.baseUrl);
  const selection = { only: options.only ?? [], skip: options.skip ?? [], level: options.level ?? defaults.level };
  const unselected = leftOut(checks, selection);
  const wanted = probesOf(checks.filter(({ id }) => !unselected.has(id)));
  const planned = probes.filter(({ id }) => wanted.has(id));
  const startedAt = new Date();
  const addressee = addresseeOf(baseUrl, options);
  const stop = stopperOf(options.signal, options.maxTimeMs);
  const recorder = recorderOf(options);
  const progress = progressOf(planned, options.onEvent);
  const brokenProbes = new Map<string, string>();
  const unsent = new Map(
    options.apiKey === undefined ? planned.filter(({ needsKey }) => needsKey).map(({ id }) => [id, 'the run has no key']) : [],
  );
  const session = new Session({
    recorder,
    addressee: () => addressee,
    modelsPath: modelsPathOf(options),
    signal: stop.signal,
    sleep: (ms, signal) => sleepFor(ms, undefined, { signal }),
    knock: () => knocker(recorder, addressee, addressee.model, stop.signal),
    onStep: progress.onStep,
  });
  if (note !== undefined) options.onEvent?.({ type: 'note', text: note });

  let ended: Ended = 'finished';
  let endedBecause: string | undefined;
  let obstacle: 'misconfigured' | 'unreachable' | 'broken' | undefined;
  try {
    if (options.waitMs !== undefined) await waitUntilUp(recorder, addressee, options.waitMs, stop.signal);
    const checked = await lookAhead(session, addressee, options);
    if (checked.state === 'stopped') {
      [ended, endedBecause, obstacle] = ['preflight', checked.hint, checked.because];
    } else {
      options.onEvent?.({ type: 'target', target: targetOf(addressee, options) });
      for (const text of checked.notes) options.onEvent?.({ type: 'note', text });
      await sendAll(planned, {
        concurrency: options.concurrency ?? defaults.concurrency,
        send: (probe) =>
          progress.during(probe, () =>
            sendProbe(probe, session, { model: addressee.model, modelsPath: modelsPathOf(options) }, brokenProbes),
          ),
        isWanted: (probe) => !unsent.has(probe.id) && !needsRefused(probe, session),
      });
    }
  } catch (error) {
    if (!(error instanceof RunStopped)) throw error;
    [ended, endedBecause] = session.isServerGone ? ['server-gone', 'the server stopped answering'] : [stop.ended(), stop.because()];
  } finally {
    stop.dispose();
    await recorder.close();
  }
  return recordOf({
    session,
    target: targetOf(addressee, options),
    selection,
    leftOut: unselected,
    required: new Set(options.require),
    failOn: options.failOn ?? defaults.failOn,
    startedAt,
    ended,
    endedBecause,
    misconfigured: obstacle === 'misconfigured',
    unreachable: obstacle === 'unreachable',
    brokenProbes,
    unsent,
  });
}

async function lookAhead(session: Session, addressee: Finding, options: RunOptions): ReturnType<typeof preflight> {
  const checked = await preflight({
    baseUrl: addressee.baseUrl,
    model: options.model,
    modelsPath: modelsPathOf(options),
    hasKey: options.apiKey !== undefined,
    auth: addressee.auth,
    isAuthChosen: options.auth !== undefined,
    setAuth: (auth) => {
      addressee.auth = auth;
    },
    send: (step, request) =>
      session.send('preflight', step, request, { fresh: true, maxResponseMs: 2 * (options.timeoutMs ?? defaults.timeoutMs) }),
  });
  if (checked.state === 'ready') [addressee.model, addressee.modelFrom] = [checked.model, checked.modelFrom];
  return checked;
}

/** A probe that throws is our own fault: it costs its checks, not the run. */
async function sendProbe(probe: Probe, session: Session, target: ProbeTarget, broken: Map<string, string>): Promise<void> {
  try {
    await probe.run(probeClient(probe.id, session, target));
  } catch (error) {
    if (error instanceof RunStopped) throw error;
    broken.set(probe.id, error instanceof Error ? error.message : String(error));
  }
}

function needsRefused({ needs = [] }: Probe, session: Session): boolean {
  if (needs.length === 0) return false;
  const found = capabilitiesOf(session.allEvidence());
  return found.some(({ capability, state }) => state === 'refused' && needs.includes(capability));
}

function addresseeOf(baseUrl: string, options: RunOptions): Finding {
  return {
    baseUrl,
    auth: options.auth ?? (options.apiKey === undefined ? 'none' : 'x-api-key'),
    apiKey: options.apiKey,
    apiVersion: options.apiVersion ?? defaultApiVersion,
    headers: [...Object.entries(options.profile?.headers ?? {}), ...(options.headers ?? [])],
    userAgent: `messages-conformance/${suite.version}`,
    model: options.model ?? '',
    modelFrom: 'option',
  };
}

function modelsPathOf({ profile }: RunOptions): string {
  return profile?.paths?.models ?? defaults.modelsPath;
}

function targetOf({ baseUrl, model, modelFrom, auth, apiVersion }: Finding, { profile }: RunOptions): Target {
  return { baseUrl, model, modelFrom, auth, apiVersion, ...(profile === undefined ? {} : { profile: profile.id }) };
}

function recorderOf({ timeoutMs = defaults.timeoutMs, apiKey, ca, insecure, environment }: RunOptions): Recorder {
  return createRecorder({
    silenceMs: timeoutMs,
    maxResponseMs: timeoutMs * patience,
    secrets: apiKey === undefined ? [] : [apiKey],
    dummies: [wrongKey],
    ...(ca === undefined ? {} : { ca }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(environment === undefined ? {} : { environment }),
  });
}
