/**
 * A run in progress: one preflight, probes sent when they are asked for and never twice, a verdict or the whole record at any time.
 * `run` asks for everything at once; a test runner asks test by test.
 */
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Ended, Exchange, RunRecord, Verdict } from '../spec/index.ts';
import { messageOf } from '../spec/as-text.ts';
import type { Check } from '../suites/model/check.ts';
import type { Probe } from '../suites/model/probe.ts';
import { addresseeOf, defaultTimeoutMs, type FoundAddressee, modelsPathOf, recorderOf, targetOf } from './addressee.ts';
import { type Agenda, agendaOf } from './agenda.ts';
import { normaliseBaseUrl } from './base-url.ts';
import { PeerAbsentError } from './clients/sdk.ts';
import { capabilitiesOf } from './judge/capabilities.ts';
import { knocker, waitUntilUp } from './knock.ts';
import { offer } from './offer.ts';
import type { RunOptions } from './options.ts';
import { preflight } from './preflight.ts';
import { probeClient, type ProbeTarget } from './probe-client.ts';
import { progressOf } from './progress.ts';
import { isAnsweredMessage, recordOf, type Sent } from './record.ts';
import { sendAll } from './schedule.ts';
import { RunStopped, Session } from './session.ts';
import { verdictsOf } from './so-far.ts';
import { stopperOf } from './stopper.ts';

const defaultConcurrency = 4;

export interface OpenRun {
  readonly agenda: Agenda<Probe>;
  /** Waits for the server as `waitMs` says, and looks ahead. Comes first. @throws ConformanceError `target` where `waitMs` ran out. */
  begin(): Promise<void>;
  /** Sends those of these probes that the agenda has and that were not sent yet. Calls wait for each other. Nothing once the run has ended. */
  send(ids: Iterable<string>): Promise<void>;
  /** Why it ended; undefined while it goes on. */
  readonly endedBecause: string | undefined;
  /** Whether any request for a message was accepted so far. */
  isAnswered(): boolean;
  /** Recorded so far. */
  readonly exchanges: readonly Exchange[];
  /** What is to be said of a check by what was sent so far. */
  verdict(check: Check): Verdict;
  record(): RunRecord;
  close(): Promise<void>;
}

/** @throws ConformanceError `usage` for options that cannot be meant. */
export function openRun(options: RunOptions): OpenRun {
  const { baseUrl, note } = normaliseBaseUrl(options.baseUrl);
  const agenda = agendaOf(options, offer);
  const startedAt = new Date();
  const addressee = addresseeOf(baseUrl, options);
  const stop = stopperOf(options.signal, options.maxTimeMs);
  const recorder = recorderOf(options);
  const progress = progressOf(agenda.planned, options.onEvent);
  const brokenProbes = new Map<string, string>();
  const absentPeers = new Map<string, string>();
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
  const asked = new Set<string>();
  let latest: Promise<void> = Promise.resolve();

  const untilStopped = async (work: () => Promise<void>): Promise<void> => {
    try {
      if (ended === 'finished') await work();
    } catch (error) {
      if (!(error instanceof RunStopped)) throw error;
      [ended, endedBecause] = session.isServerGone ? ['server-gone', 'the server stopped answering'] : [stop.ended(), stop.because()];
    }
  };
  const sendNow = async (wanted: readonly Probe[]): Promise<void> => {
    const target = { model: addressee.model, modelsPath: modelsPathOf(options), steps: agenda.steps };
    await sendAll(wanted, {
      concurrency: options.concurrency ?? defaultConcurrency,
      send: (probe) => progress.during(probe, () => sendProbe(probe, session, target, { brokenProbes, absentPeers })),
      isWanted: (probe) => {
        const isWanted = !needsRefused(probe, session);
        if (!isWanted) progress.leaveOut(probe);
        return isWanted;
      },
    });
  };
  const sent = (): Sent => ({
    session,
    target: targetOf(addressee, options),
    agenda,
    clients: options.clients ?? [],
    client: options.client,
    quick: options.quick ?? false,
    tokenBudget: options.tokenBudget,
    failOn: options.failOn ?? 'must',
    baseline: options.baseline,
    startedAt,
    ended,
    endedBecause,
    misconfigured: obstacle === 'misconfigured',
    unreachable: obstacle === 'unreachable',
    brokenProbes,
    absentPeers,
  });
  const soFar = verdictsOf(sent);

  return {
    agenda,
    get endedBecause() {
      return endedBecause;
    },
    isAnswered: () => session.allEvidence().some(isAnsweredMessage),
    begin: () =>
      untilStopped(async () => {
        if (options.waitMs !== undefined) await waitUntilUp(recorder, addressee, options.waitMs, stop.signal);
        const checked = await lookAhead(session, addressee, options);
        if (checked.state === 'stopped') {
          [ended, endedBecause, obstacle] = ['preflight', checked.hint, checked.because];
          return;
        }
        options.onEvent?.({ type: 'target', target: targetOf(addressee, options) });
        for (const text of checked.notes) options.onEvent?.({ type: 'note', text });
      }),
    send(ids) {
      const names = new Set(ids);
      const wanted = agenda.planned.filter(({ id }) => names.has(id) && !asked.has(id));
      for (const { id } of wanted) asked.add(id);
      // Also where nothing is new: what is asked for may be on its way.
      return (latest = latest.then(() => untilStopped(() => sendNow(wanted))));
    },
    exchanges: session.exchanges,
    verdict: soFar,
    record: () => recordOf(sent()),
    async close() {
      stop.dispose();
      await recorder.close();
    },
  };
}

async function lookAhead(session: Session, addressee: FoundAddressee, options: RunOptions): ReturnType<typeof preflight> {
  const checked = await preflight({
    baseUrl: addressee.baseUrl,
    model: options.model,
    modelsPath: modelsPathOf(options),
    hasKey: options.apiKey !== undefined,
    ...(isSet(options.environment?.[anthropicKey]) ? { unusedKey: anthropicKey } : {}),
    auth: addressee.auth,
    isAuthChosen: options.auth !== undefined,
    setAuth: (auth) => {
      addressee.auth = auth;
    },
    send: (step, request) =>
      session.send('preflight', step, request, { fresh: true, maxResponseMs: 2 * (options.timeoutMs ?? defaultTimeoutMs) }),
  });
  if (checked.state === 'ready') [addressee.model, addressee.modelFrom] = [checked.model, checked.modelFrom];
  return checked;
}

/** Sent to api.anthropic.com only, unless it is named; which is a riddle to whoever has set it. */
const anthropicKey = 'ANTHROPIC_API_KEY';

function isSet(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}

/** A probe that throws is our own fault, or lacks a package: it costs its checks, not the run. */
async function sendProbe(
  probe: Probe,
  session: Session,
  target: ProbeTarget,
  { brokenProbes, absentPeers }: Readonly<Record<'brokenProbes' | 'absentPeers', Map<string, string>>>,
): Promise<void> {
  try {
    await probe.run(probeClient(probe, session, target));
  } catch (error) {
    if (error instanceof RunStopped) throw error;
    const lost = error instanceof PeerAbsentError ? absentPeers : brokenProbes;
    lost.set(probe.id, messageOf(error));
  }
}

function needsRefused({ needs = [] }: Probe, session: Session): boolean {
  if (needs.length === 0) return false;
  const found = capabilitiesOf(session.allEvidence());
  return found.some(({ capability, state }) => state === 'refused' && needs.includes(capability));
}
