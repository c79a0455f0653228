/** Arguments on their way to the client: characters that have to be escaped, and pieces in a stream. */
import { isJsonObject } from '../../spec/json.ts';
import { type Check, scenario } from '../model/check.ts';
import { type Deviation, fail, inconclusive, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { trickyText, write } from '../probes/tool-arguments.ts';
import { at, eventsOf, isAccepted } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';
import { completeCalls } from './calls.ts';

const needs = ['tools', 'forced-tool-choice'] as const;

const textArrives = scenario({
  id: 'tools.input.text-survives',
  // The tool is strict and its enum has one value, so nothing else can have been meant.
  level: 'should',
  layer: 'semantics',
  requirement:
    'Quotes, backslashes, line breaks, tabs and characters beyond ASCII arrive in arguments as they are in the enum of a strict tool.',
  covers: ['tools.arg-roundtrip'],
  source: docs.toolUse,
  breaks: [claudeCode('writes files with \\n in place of line breaks, or edits text that is not there')],
  fix: 'Escape once, with a JSON library, and parse once.',
  after: ['messages.content.blocks-valid'],
  needs,
  reads: { json: 'tool-arguments/call', stream: 'tool-arguments/call-stream' },
  judge: ({ json, stream }) => {
    if (![json, stream].some(isAccepted)) return notApplicable('strict is refused');
    const calls = completeCalls([json, stream]).filter(({ block }) => block['name'] === write.name);
    if (calls.length === 0) return inconclusive('no message has a complete call of the tool');
    return verdictOf(
      calls.flatMap(({ of, block, position }): readonly Deviation[] => {
        const note = isJsonObject(block['input']) ? block['input']['note'] : undefined;
        // The API leaves the case of enum values to the model.
        if (typeof note === 'string' && note.toLowerCase() === trickyText.toLowerCase()) return [];
        return [{ of, pointer: `/content/${position}/input/note`, expected: shown(trickyText), found: shown(note) }];
      }),
    );
  },
});

/** Longer arguments than these come in more than one piece from any server that does not hold them back. */
const longArguments = 60;

const inPieces = scenario({
  id: 'tools.stream.arguments-in-pieces',
  level: 'may',
  layer: 'semantics',
  requirement: 'Long arguments come in several input_json_delta events.',
  covers: ['stream.delta.json-string'],
  source: docs.fineGrainedStreaming,
  breaks: [claudeCode('seems to hang while the model writes a file')],
  bugs: ['vllm#43267', 'vllm#40779'],
  fix: 'Send what the parser has as it comes, instead of waiting for the closing brace.',
  needs,
  reads: { answer: 'tool-strict/call-stream' },
  judge: ({ answer }) => {
    const pieces = eventsOf(answer, 'content_block_delta').flatMap(({ data }) => {
      const piece = at(data, 'delta', 'partial_json');
      return typeof piece === 'string' && piece !== '' ? [piece] : [];
    });
    if (pieces.join('').length < longArguments) return inconclusive('the stream has no long arguments');
    return pieces.length > 1
      ? pass
      : fail({ of: answer, expected: 'several pieces', found: `one piece of ${pieces.join('').length} characters` });
  },
});

export const argumentChecks: readonly Check[] = [textArrives, inPieces];
