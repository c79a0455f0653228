/** Checks of the area `prefill`: a last message of the assistant is the beginning of the reply. */
import { judgeAddedTokens } from '../added-tokens.ts';
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass, shown } from '../model/judgement.ts';
import { badRequest, judgeRefusal } from '../model/refusal.ts';
import { begun } from '../probes/prefill.ts';
import { isAccepted, wholeText } from '../reading.ts';
import { docs } from '../references.ts';

const needs = ['prefill'] as const;
const doubled = 'Clients put the beginning and the reply together, so that a beginning that is repeated stands there twice.';

/** A reply cut short may still have been about to repeat everything; so much of it is telling. */
const telling = 12;

function judgeContinuation(reply: Evidence): Judgement {
  if (!isAccepted(reply)) return inconclusive('the request was not accepted');
  const text = wholeText(reply.message).trimStart();
  if (text === '') return inconclusive('the reply has no text');
  const repeats = text.startsWith(begun) || (text.length >= telling && begun.startsWith(text.trimEnd()));
  return repeats ? fail({ of: reply, pointer: '/content/0/text', expected: 'what comes after the beginning', found: shown(text) }) : pass;
}

export const checks: readonly Check[] = [
  scenario({
    id: 'prefill.reply.continues',
    level: 'may',
    layer: 'semantics',
    requirement: 'The reply to a conversation that ends with the assistant goes on from there and does not repeat it.',
    covers: ['prefill.continue', 'resp.prefill-not-repeated'],
    source: docs.sdkMessages,
    breaks: [],
    why: doubled,
    needs,
    reads: { reply: 'prefill/json' },
    judge: ({ reply }) => judgeContinuation(reply),
  }),
  scenario({
    id: 'prefill.stream.continues',
    level: 'may',
    layer: 'semantics',
    requirement: 'A streamed reply to a conversation that ends with the assistant goes on from there and does not repeat it.',
    covers: ['prefill.continue', 'resp.prefill-not-repeated'],
    source: docs.sdkMessages,
    breaks: [],
    why: doubled,
    needs,
    reads: { reply: 'prefill/stream' },
    judge: ({ reply }) => judgeContinuation(reply),
  }),
  scenario({
    id: 'prefill.prompt.adds-tokens',
    level: 'should',
    layer: 'semantics',
    requirement:
      'A request with the beginning of the reply uses more input tokens than without: a server that accepts one does not drop it.',
    covers: ['prefill.continue'],
    source: docs.tokenCounting,
    breaks: [],
    why: 'A reply that begins anew where its beginning was given breaks every program that fixes the form of replies in this way.',
    needs,
    reads: { control: 'prefill/plain', variant: 'prefill/json' },
    judge: ({ control, variant }) => judgeAddedTokens(control, variant),
  }),
  scenario({
    id: 'prefill.refusal.clean',
    level: 'may',
    layer: 'http',
    requirement: 'A model that cannot continue a reply answers 400 with an error of type invalid_request_error.',
    covers: ['prefill.unsupported-400'],
    source: docs.errors,
    breaks: [],
    why: 'Programs ask without the beginning once they are told; a 5xx they only repeat.',
    reads: { control: 'prefill/plain', variant: 'prefill/json' },
    judge: ({ control, variant }) =>
      isAccepted(variant) ? notApplicable('the server continues replies') : judgeRefusal(control, variant, badRequest),
  }),
];
