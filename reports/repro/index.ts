/** A bundle that shows one failure to the people who can fix it: the request, a command that sends it, the answer, and what is wrong. */
import type { Exchange, RecordedResponse, RunRecord, Verdict } from '../../spec/record/index.ts';
import { bodyBytes } from '../body-bytes.ts';
import type { Catalogue } from '../catalogue.ts';
import { curl } from '../curl.ts';
import { ReportError } from '../errors.ts';
import { safeText } from '../terminal/safe-text.ts';
import { expectedText } from './expected.ts';
import type { Failure } from './failure.ts';
import { issueText } from './issue.ts';

export interface BundleFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly isExecutable?: boolean;
}

export interface ReproOptions {
  /** Environment variable that `curl.sh` takes the key from. Default `ANTHROPIC_API_KEY`. */
  readonly keyVariable?: string;
}

/**
 * The files of the bundle: `request.json` (the body as it was sent, where there was one), `curl.sh`, `response` (status line, headers
 * and the bytes of the body, as `curl -i` prints them), `expected.md`, and `issue.md` for the server's tracker.
 * @throws ReportError `record` for a check that the record does not have, or that has no finding in an exchange
 */
export function reproBundle(id: string, record: RunRecord, catalogue: Catalogue, options: ReproOptions = {}): readonly BundleFile[] {
  const verdict = verdictOf(id, record);
  const check = catalogue.checks.find((one) => one.id === id);
  const exchange = exchangeOf(verdict, record);
  const { request, response } = exchange;
  const body = request.body && bodyBytes(request.body);
  const curlOptions = { hasKey: record.target.auth !== 'none', ...options };
  const script = curl(exchange, body === undefined ? curlOptions : { ...curlOptions, bodyFile: '"$here/request.json"' });
  const offset = verdict.findings.find(({ at }) => at?.exchange === exchange.id)?.at?.offset;
  const failure: Failure = {
    verdict,
    check,
    exchange,
    record,
    ...(offset === undefined ? {} : { offset }),
    command: multiline(curl(exchange, curlOptions).parts),
  };
  return [
    ...(body === undefined ? [] : [{ name: 'request.json', content: body }]),
    { name: 'curl.sh', content: scriptText(script.parts, script.note), isExecutable: true },
    ...(response === undefined ? [] : [{ name: 'response', content: responseBytes(response) }]),
    { name: 'expected.md', content: expectedText(failure) },
    { name: 'issue.md', content: issueText(failure) },
  ];
}

function verdictOf(id: string, { verdicts }: RunRecord): Verdict {
  const verdict = verdicts.find(({ check }) => check === id);
  if (verdict !== undefined) return verdict;
  const failed = verdicts.filter(({ findings }) => findings.length > 0).map(({ check }) => safeText(check, 80));
  const hint =
    failed.length === 0 ? 'no check failed in it' : `failed in it: ${failed.slice(0, 5).join(', ')}${failed.length > 5 ? ', ...' : ''}`;
  throw new ReportError('record', `The record has no check "${id}"; ${hint}.`);
}

function exchangeOf({ check, outcome, findings, reason }: Verdict, { exchanges }: RunRecord): Exchange {
  if (findings.length === 0) {
    const why = reason === undefined ? '' : ` (${safeText(reason, 200)})`;
    throw new ReportError('record', `${check} did not fail in this record: its verdict is ${outcome}${why}.`);
  }
  const ids = new Set(findings.map(({ at }) => at?.exchange));
  const exchange = exchanges.find(({ id }) => ids.has(id));
  if (exchange === undefined) throw new ReportError('record', `${check} failed without an exchange that would show it.`);
  return exchange;
}

function multiline(parts: readonly string[]): string {
  return parts.join(' \\\n  ');
}

function scriptText(parts: readonly string[], note: string | undefined): string {
  return [
    '#!/usr/bin/env bash',
    ...(note === undefined ? [] : [`# ${note}`]),
    ...(parts.length === 0 ? ['exit 1'] : ['here=$(cd "$(dirname "$0")" && pwd)', multiline(parts)]),
    '',
  ].join('\n');
}

function responseBytes({ status, statusText, headers, body }: RecordedResponse): Uint8Array {
  const head = [`HTTP/1.1 ${status} ${statusText}`.trimEnd(), ...headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  const bytes =
    bodyBytes(body) ??
    (body.kind === 'cut' ? Buffer.from(`${body.head}\n[... ${body.bytes} bytes in all, SHA-256 ${body.sha256} ...]\n${body.tail}`) : '');
  // Header values are bytes of Latin-1.
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), Buffer.from(bytes)]);
}
