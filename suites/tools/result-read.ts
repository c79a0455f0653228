/** That results reach the model: the input grows with them, and a word that is nowhere else comes back. */
import { judgeAcceptance } from '../acceptance.ts';
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, pass, shown } from '../model/judgement.ts';
import { codeWord } from '../probes/tool-result-read.ts';
import { at, inputTotal, isAccepted, wholeText } from '../reading.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';

const source = docs.toolUse.replace('overview', 'handle-tool-calls');
const convert = 'Put the text of every result block into the prompt, beside the call whose id it names.';

/** The letter has some sixty words more than the short result: no tokenizer makes fewer tokens of them. */
const fewestTokens = 30;

const counted = scenario({
  id: 'tools.result.counted',
  level: 'should',
  layer: 'semantics',
  requirement: 'A longer tool result has more input tokens.',
  covers: ['tools.result.reaches-model'],
  source,
  breaks: [claudeCode('the model never sees what its tools found')],
  fix: convert,
  after: ['usage.shape.valid', 'usage.input.positive'],
  needs: ['tools'],
  reads: { short: 'tool-result-read/short', letter: 'tool-result-read/letter' },
  judge: ({ short, letter }) => {
    if (!isAccepted(short) || !isAccepted(letter)) return inconclusive('a request was refused');
    const [few, many] = [short, letter].map(({ message }) => inputTotal(at(message, 'usage')));
    if (few === undefined || many === undefined) return inconclusive('the usage has no input_tokens');
    if (many - few >= fewestTokens) return pass;
    return fail({
      of: letter,
      pointer: '/usage/input_tokens',
      expected: `${few + fewestTokens} or more, ${few} being those of the short result`,
      found: String(many),
    });
  },
});

/** How lists of blocks look where they were printed instead of read. */
const printed = /\[\s*\{\s*['"]?(?:type|text)['"]?\s*[:=]/;

const reaches = scenario({
  id: 'tools.result.reaches-model',
  level: 'should',
  layer: 'semantics',
  requirement: 'A code word that only the result names comes back in the reply, and not as a printed list of blocks.',
  covers: ['tools.result.reaches-model', 'tools.loop.continues'],
  source,
  breaks: [claudeCode('the model never sees what its tools found'), sdkTypescript('the tool runner calls the same tool again and again')],
  bugs: ['vllm#34053'],
  fix: convert,
  needs: ['tools'],
  reads: { control: 'tool-result-read/short', letter: 'tool-result-read/letter' },
  judge: ({ control, letter }) => {
    const accepted = judgeAcceptance(control, letter);
    if (accepted.outcome !== 'pass') return accepted;
    const text = wholeText(letter.message);
    if (printed.test(text)) return fail({ of: letter, expected: 'the text of the result', found: shown(text) });
    return text.toUpperCase().includes(codeWord) ? pass : inconclusive('the model did not repeat the code word');
  },
});

const pictureCounted = scenario({
  id: 'tools.result.image-counted',
  level: 'may',
  layer: 'semantics',
  requirement: 'An image in a tool_result that is accepted has input tokens.',
  covers: ['tools.result.image'],
  source,
  breaks: [claudeCode('the model describes a picture that it was never shown')],
  bugs: ['omlx#393', 'vllm-mlx#776'],
  fix: 'A server that cannot show the image refuses it.',
  after: ['usage.shape.valid', 'usage.input.positive'],
  needs: ['tools', 'images'],
  reads: { text: 'tool-history/blocks', image: 'tool-options/image' },
  judge: ({ text, image }) => {
    if (!isAccepted(text) || !isAccepted(image)) return inconclusive('a request was refused');
    const [without, withImage] = [text, image].map(({ message }) => inputTotal(at(message, 'usage')));
    if (without === undefined || withImage === undefined) return inconclusive('the usage has no input_tokens');
    if (withImage > without) return pass;
    return fail({ of: image, pointer: '/usage/input_tokens', expected: `more than ${without}`, found: String(withImage) });
  },
});

export const resultReadChecks: readonly Check[] = [counted, reaches, pictureCounted];
