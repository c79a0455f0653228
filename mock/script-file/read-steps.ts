/** The content of a reply in a script file: steps on one timeline, each an object with one word of the scripting language. */
import { pointerTo, type ContentBlock } from '../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { stream } from '../script/begin.ts';
import type { ScriptedMessage } from '../script/scripted-message.ts';
import { at, mustBe } from './script-file-error.ts';
import { listed, optional, readDeltas, readList, readNumber, readObject, readText } from './read-value.ts';
import { definedOnly } from './defined-only.ts';

type Step = (message: ScriptedMessage, fields: JsonObject, pointer: string) => ScriptedMessage;

interface Word {
  /** Fields that may stand beside the word. */
  readonly beside: readonly string[];
  /** Where the word speaks of something by another name than the file. */
  readonly renames?: Readonly<Record<string, string>>;
  readonly step: Step;
}

/** By the field that says which step it is. */
const words: Readonly<Record<string, Word>> = {
  say: {
    beside: [],
    step: (message, { say }, pointer) => message.say(readDeltas(say, pointerTo(pointer, 'say'))),
  },
  think: {
    beside: ['signature'],
    step: (message, fields, pointer) =>
      message.think(
        readDeltas(fields['think'], pointerTo(pointer, 'think')),
        definedOnly({ signature: optional(fields, pointer, 'signature', readText) }),
      ),
  },
  useTool: {
    beside: ['input', 'id', 'fragments'],
    renames: { name: 'useTool' },
    step: (message, fields, pointer) =>
      message.useTool(
        readText(fields['useTool'], pointerTo(pointer, 'useTool')),
        optional(fields, pointer, 'input', readJsonObject),
        definedOnly({ id: optional(fields, pointer, 'id', readText), fragments: optional(fields, pointer, 'fragments', readFragments) }),
      ),
  },
  redacted: {
    beside: [],
    step: (message, { redacted }, pointer) => message.redacted(readText(redacted, pointerTo(pointer, 'redacted'))),
  },
  block: {
    beside: [],
    // The block is validated by the word itself.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    step: (message, { block }, pointer) => at(pointerTo(pointer, 'block'), () => message.block(block as ContentBlock)),
  },
  raw: {
    beside: [],
    step: (message, { raw }, pointer) => message.raw(readText(raw, pointerTo(pointer, 'raw'))),
  },
  wait: {
    beside: [],
    step: (message, { wait }, pointer) => message.wait(readNumber(wait, pointerTo(pointer, 'wait'), { from: 0 })),
  },
};

/** The words that a step may begin with. */
export const stepWords: readonly string[] = Object.keys(words);

/** A message of these steps. */
export function readSteps(value: unknown, pointer: string): ScriptedMessage {
  const steps = readList(value, pointer, 'a list of steps');
  return steps.reduce<ScriptedMessage>((message, step, index) => addStep(message, step, pointerTo(pointer, index)), stream());
}

/** @param value a text to say, or an object with one of `stepWords`. */
export function addStep(message: ScriptedMessage, value: unknown, pointer: string): ScriptedMessage {
  if (typeof value === 'string') return message.say(readText(value, pointer));
  const name = isJsonObject(value) ? Object.keys(value).find((field) => stepWords.includes(field)) : undefined;
  const word = name === undefined ? undefined : words[name];
  if (name === undefined || word === undefined) return mustBe(pointer, `a text or an object with ${listed(stepWords, 'or')}`, value);
  const fields = readObject(value, pointer, [name, ...word.beside]);
  return at(pointer, () => word.step(message, fields, pointer), word.renames);
}

function readJsonObject(value: unknown, pointer: string): JsonObject {
  return isJsonObject(value) ? value : mustBe(pointer, 'an object', value);
}

function readFragments(value: unknown, pointer: string): readonly string[] {
  const fragments = readDeltas(value, pointer);
  return typeof fragments === 'string' ? mustBe(pointer, 'a list of texts', value) : fragments;
}
