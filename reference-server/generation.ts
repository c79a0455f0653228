/** One generation on one sequence: prefill in pieces that an abort can come between, then token by token until something ends it. */
import type { LlamaContextSequence, SequenceEvaluateOptions, Token, TokenBias } from 'node-llama-cpp';
import type { BackendEvent, StopReason } from '../endpoint/backend.ts';
import type { MessagesRequest } from '../spec/index.ts';
import type { GrammarGuard } from './grammar-guard.ts';
import type { LoadedModel } from './model.ts';
import { ChunkPace } from './chunk-pace.ts';
import type { ReplyPlan } from './prompt/reply-plan.ts';
import { ReplyDecoder } from './reply-decoder.ts';

/** Where the context would lose its beginning: never, since the window is checked. If it happens after all, it must not pass unseen. */
const contextShift = {
  strategy: (): never => {
    throw new Error('The context is full although the window was checked.');
  },
};

/**
 * Tokens to choose from where the request sets no `top_k`. Of all 262,144 tokens of a large vocabulary, llama.cpp would sort every one before
 * each token, which takes longer than most models; what comes after the first thousand is next to never chosen.
 */
const mostCandidates = 1024;

export interface GenerationSettings {
  /** For reproducible sampling at a temperature above 0. */
  readonly seed?: number;
}

/** Generates the reply on a sequence that holds nothing but a beginning of the prompt. The events after `start`; ends without `stop` if aborted. */
export async function* generateReply(
  model: LoadedModel,
  sequence: LlamaContextSequence,
  plan: ReplyPlan,
  guard: GrammarGuard,
  request: MessagesRequest,
  signal: AbortSignal,
  settings: GenerationSettings = {},
): AsyncGenerator<BackendEvent, void> {
  const last = await prefill(sequence, plan.tokens, signal);
  if (last === undefined) return;
  const decoder = new ReplyDecoder(model, plan, request.stop_sequences ?? []);
  if (plan.start === 'call-name') await guard.switchOn('name');
  if (plan.start === 'call-arguments') await guard.switchOn('arguments', plan.startedCall);
  if ((plan.start === 'text' || plan.start === 'head') && plan.format !== undefined) await guard.switchOn('reply');
  yield* decoder.begin();

  const room = model.window - plan.tokens.length;
  const limit = Math.min(request.max_tokens, room);
  let ended: StopReason = request.max_tokens <= room ? 'max_tokens' : 'model_context_window_exceeded';
  let output = 0;
  let written = 0;
  const tokens = sequence.evaluate([last], {
    ...sampling(request, settings),
    contextShift,
    ...steering(model, plan, guard),
    yieldEogToken: true,
  });
  try {
    let next: Token[] | undefined;
    while (output < limit && output + written < room) {
      const step = await tokens.next(next);
      if (signal.aborted) return;
      if (step.done === true || decoder.isEnd(step.value)) {
        ended = 'end_turn';
        break;
      }
      output += 1;
      const callsBefore = decoder.finishedCalls;
      yield* decoder.push(step.value);
      if (decoder.matchedStop !== undefined) break;
      next = undefined;
      const { heldFrom } = decoder;
      if (heldFrom !== undefined && !guard.isOn) await guard.switchOn(heldFrom.position, 'name' in heldFrom ? heldFrom.name : undefined);
      if (decoder.finishedCalls > callsBefore) {
        if (plan.isSingleCall) break;
        // The server ends the call, and the model goes on freely: another call, or the end. In a list the grammar goes on to its end.
        if (guard.isOn && heldFrom === undefined) {
          next = [step.value, ...decoder.endOfCall()];
          guard.switchOff();
        }
      }
      const forced = decoder.endOfThinking();
      if (forced !== undefined) {
        yield* forced.events;
        next = [step.value, ...forced.tokens];
      }
      if (plan.format !== undefined && !guard.isOn && !decoder.isThinking) await guard.switchOn('reply');
      written += next === undefined ? 0 : next.length - 1;
      if (output >= model.replyLimits.reply && !guard.isOn) {
        ended = 'end_turn';
        break;
      }
    }
  } finally {
    await tokens.return();
  }
  yield* decoder.end({ isCut: ended !== 'end_turn' });
  yield stopEvent(decoder, ended, output);
}

/** Keeps of a sequence what it shares with the prompt, all but its last token. Tells how many tokens need not be read again. */
export async function reusePrefix(sequence: LlamaContextSequence, prompt: readonly Token[]): Promise<number> {
  await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
  return sequence.nextTokenIndex;
}

/** Reads the rest of the prompt, all but its last token, which it gives. Undefined if aborted. */
async function prefill(sequence: LlamaContextSequence, prompt: readonly Token[], signal: AbortSignal): Promise<Token | undefined> {
  const last = prompt.at(-1);
  if (last === undefined) throw new Error('The chat template rendered an empty prompt.');
  const pace = new ChunkPace();
  for (let start = sequence.nextTokenIndex; start < prompt.length - 1;) {
    if (signal.aborted) return undefined;
    const chunk = prompt.slice(start, Math.min(start + pace.tokens, prompt.length - 1));
    const began = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(chunk, { contextShift });
    pace.took(chunk.length, performance.now() - began);
    start += chunk.length;
  }
  return signal.aborted ? undefined : last;
}

/** Temperature 0 unless asked otherwise (the API's default is 1): a small model is right or wrong by its likeliest token. */
export function sampling(request: MessagesRequest, settings: GenerationSettings): SequenceEvaluateOptions {
  return {
    temperature: request.temperature ?? 0,
    topP: request.top_p ?? 1,
    topK: request.top_k === undefined || request.top_k === 0 ? mostCandidates : request.top_k,
    ...(settings.seed === undefined ? {} : { seed: settings.seed }),
  };
}

/** The grammar where there may be one, and marks that must not be written where calls or thinking are not wanted. */
function steering(model: LoadedModel, plan: ReplyPlan, guard: GrammarGuard): SequenceEvaluateOptions {
  const { thinking, calls } = model.family;
  const unwanted = [plan.mayThink ? undefined : thinking?.open, ...(plan.callable.length > 0 ? [] : [calls.open, ...(calls.around ?? [])])]
    .map((text) => (text === undefined ? undefined : model.vocabulary.specialToken(text)))
    .filter((token) => token !== undefined);
  return {
    ...(plan.format === undefined && plan.callable.length === 0 ? {} : { grammarEvaluationState: guard.state }),
    ...(unwanted.length === 0 ? {} : { tokenBias: never(model, unwanted) }),
  };
}

function never(model: LoadedModel, tokens: Token[]): TokenBias {
  return new model.engine.module.TokenBias(model.llama.tokenizer).set(tokens, 'never');
}

function stopEvent(decoder: ReplyDecoder, ended: StopReason, outputTokens: number): BackendEvent {
  const usage = { outputTokens, thinkingTokens: decoder.thinkingTokens };
  // A finished call waits for its result, whatever ended the reply after it; a call that was cut short does not.
  const isCut = ended !== 'end_turn' && decoder.isInCall;
  if (decoder.finishedCalls > 0 && !isCut) return { type: 'stop', reason: 'tool_use', ...usage };
  if (decoder.matchedStop !== undefined) return { type: 'stop', reason: 'stop_sequence', stopSequence: decoder.matchedStop, ...usage };
  return { type: 'stop', reason: ended, ...usage };
}
