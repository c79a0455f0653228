/** What a Message says of itself: its text, its thinking, its id, its model. */
import { check, type GeneralCheck, scenario, type ScenarioCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, inconclusive, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { messages } from '../model/kinds.ts';
import { docs } from '../references.ts';
import { at, blocksOf, isAccepted, isCut } from '../reading.ts';
import { isUnknownModel } from '../unknown-model.ts';

const probes = ['text', 'counting'];

export const noEmptyText: GeneralCheck = check({
  id: 'messages.text.not-empty',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes: [...probes, 'tool-forced'],
  requirement: 'A reply that was not cut has no empty text block.',
  covers: ['resp.text-nonempty'],
  source: docs.messages,
  breaks: [],
  why: 'An empty text block is refused when the reply is sent back as history, so the conversation cannot go on.',
  bugs: ['vllm#34053'],
  fix: 'Start a text block with its first character, not before.',
  judge: (evidence) => {
    if (isCut(evidence)) return notApplicable('the reply was cut');
    const texts = blocksOf(evidence.message).flatMap(({ type, text }, position) => (type === 'text' ? [{ text, position }] : []));
    if (texts.length === 0) return notApplicable('no text block in the reply');
    const empty = texts.filter(({ text }) => text === '');
    return verdictOf(empty.map(({ position }) => ({ pointer: `/content/${position}/text`, expected: 'a text', found: '""' })));
  },
});

export const wholeCharacters: GeneralCheck = check({
  id: 'messages.text.well-formed',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  requirement: 'The text of a reply is well-formed Unicode: no surrogate without its partner.',
  covers: ['resp.utf8'],
  source: docs.messages,
  breaks: [],
  why: 'Half a character cannot be encoded: it turns into a replacement character, or makes a strict client throw.',
  judge: ({ message }) => {
    const texts = blocksOf(message).flatMap(({ text }, position) => (typeof text === 'string' && text !== '' ? [{ text, position }] : []));
    if (texts.length === 0) return notApplicable('no text in the reply');
    const broken = texts.filter(({ text }) => !text.isWellFormed());
    return verdictOf(
      broken.map(({ text, position }) => ({ pointer: `/content/${position}/text`, expected: 'whole characters', found: shown(text) })),
    );
  },
});

export const thinkingFirst: GeneralCheck = check({
  id: 'messages.thinking.first',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes: ['thinking'],
  needs: ['thinking'],
  requirement: 'Where a reply has thinking, it begins with it.',
  covers: ['resp.thinking-before-text'],
  source: docs.thinking,
  breaks: [],
  why: 'A reply is refused as history where its thinking does not come first.',
  judge: ({ message }) => {
    const types = blocksOf(message).map(({ type }) => type);
    if (!types.includes('thinking')) return notApplicable('no thinking in the reply');
    const [first] = types;
    if (first === 'thinking' || first === 'redacted_thinking') return pass;
    return fail({ pointer: '/content/0/type', expected: '"thinking"', found: shown(first) });
  },
});

export const thinkingSigned: GeneralCheck = check({
  id: 'messages.thinking.signed',
  level: 'may',
  layer: 'semantics',
  reads: messages,
  probes: ['thinking'],
  needs: ['thinking'],
  after: ['messages.content.blocks-valid'],
  requirement: 'The signature of a thinking block is not empty.',
  covers: ['resp.thinking-block'],
  source: docs.thinking,
  breaks: [],
  why: 'A conversation that goes on at another server is refused there for the empty signature.',
  fix: 'A server that does not sign may send any opaque, non-empty string.',
  judge: (evidence) => {
    const blocks = blocksOf(evidence.message);
    // Thinking that was cut never got to its signature.
    const whole = blocks.filter(({ type }, position) => type === 'thinking' && !(isCut(evidence) && position === blocks.length - 1));
    if (whole.length === 0) return notApplicable('no complete thinking in the reply');
    const empty = whole.filter(({ signature }) => signature === '');
    return verdictOf(
      empty.map((block) => ({ pointer: `/content/${blocks.indexOf(block)}/signature`, expected: 'a signature', found: '""' })),
    );
  },
});

export const thinkingDisabled: ScenarioCheck = scenario({
  id: 'messages.thinking.disabled',
  level: 'should',
  layer: 'semantics',
  reads: { plain: 'thinking/plain', off: 'thinking/off' },
  requirement: 'With thinking of type disabled a reply has no thinking blocks.',
  covers: ['think.param.disabled'],
  source: docs.thinking,
  breaks: [],
  why: 'Clients switch thinking off for short answers, and a small max_tokens is then used up by it.',
  bugs: ['vllm#35035', 'vllm#53058'],
  judge: ({ plain, off }) => {
    if (!isAccepted(plain)) return inconclusive('the same request without thinking was refused too');
    if (!isAccepted(off))
      return inconclusive(`the server refuses thinking of type disabled (${off.status ?? off.ended}), as models that always think do`);
    const position = blocksOf(off.message).findIndex(({ type }) => type === 'thinking');
    if (position < 0) return pass;
    return fail({ of: off, pointer: `/content/${position}`, expected: 'no thinking block', found: shown(blocksOf(off.message)[position]) });
  },
});

export const idUnique: ScenarioCheck = scenario({
  id: 'messages.id.unique',
  level: 'must',
  layer: 'semantics',
  reads: { first: 'text/json', second: 'counting/json', third: 'text/stream', fourth: 'counting/stream' },
  requirement: 'Every reply has an id of its own.',
  covers: ['resp.id'],
  source: docs.messages,
  breaks: [],
  why: 'Clients keep replies by id: two with the same one count as one, in logs, in usage and in resumed conversations.',
  fix: 'Make ids from random bytes, not from a counter or the time.',
  judge: (steps) => {
    const replies = Object.values(steps).filter((evidence) => isAccepted(evidence) && typeof at(evidence.message, 'id') === 'string');
    if (replies.length < 2) return inconclusive('fewer than two replies have an id');
    const repeated = replies.filter((reply, n) => replies.findIndex((other) => idOf(other) === idOf(reply)) < n);
    return verdictOf(
      repeated.map((reply): Deviation => ({ of: reply, pointer: '/id', expected: 'an id not used before', found: shown(idOf(reply)) })),
    );
  },
});

const idOf = ({ message }: Evidence): unknown => at(message, 'id');

export const idPrefix: GeneralCheck = check({
  id: 'messages.id.prefix',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  requirement: 'The id of a reply begins with msg_.',
  covers: ['resp.id'],
  source: docs.messages,
  breaks: [],
  why: 'Logs and support tools tell ids apart by their prefix. The format is not promised, so only this much is asked.',
  bugs: ['vllm#34053'],
  judge: (evidence) => {
    const id = idOf(evidence);
    if (typeof id !== 'string') return notApplicable('the reply has no id');
    return id.startsWith('msg_') ? pass : fail({ pointer: '/id', expected: 'msg_ and more', found: shown(id) });
  },
});

export const modelNamed: GeneralCheck = check({
  id: 'messages.model.as-requested',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  requirement: 'A reply names the model that was asked for, or the full name that an alias stands for.',
  covers: ['resp.model'],
  source: docs.messages,
  breaks: [],
  why: 'Gateways account by that name, and a client that sees another one believes that its model was replaced.',
  judge: ({ request, message }) => {
    const asked = at(request.json, 'model');
    const named = at(message, 'model');
    if (typeof asked !== 'string' || typeof named !== 'string') return notApplicable('the reply names no model');
    if (isUnknownModel(asked)) return notApplicable('no server has the model that was asked for');
    // An alias is the beginning of the dated name, or ends in -latest.
    const isSame = named.startsWith(asked.replace(/-latest$/, ''));
    return isSame ? pass : fail({ pointer: '/model', expected: shown(asked), found: shown(named) });
  },
});
