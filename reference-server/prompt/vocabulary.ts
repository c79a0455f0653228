/** Turns prompt segments into tokens: control tokens only from markup, everything between them as one plain run, as the model was trained on. */
import type { Token } from 'node-llama-cpp';
import type { Segment } from './placeholders.ts';

/** What the tokenizer of a model offers: plain text only, and the list of its special tokens. */
export interface VocabularySource<T = Token> {
  /** Tokens of text without control tokens. Tokens of kind "user defined" may still be found in it. */
  readonly tokenizePlain: (text: string) => T[];
  /** Control and user-defined tokens by their text. */
  readonly special: ReadonlyMap<string, T>;
  /** What every prompt begins with, for models that were trained so. Absent for others. */
  readonly bos?: T | undefined;
  /** Whether a special token swallows the white space behind it, as those of Phi 3 do. Default: none does. */
  readonly swallows?: (token: T) => boolean;
}

export interface Vocabulary<T = Token> {
  /** Tokens of a prompt. Content never becomes a special token, whatever it says. */
  tokenize(segments: readonly Segment[]): T[];
  /** The special token with exactly this text, if there is one. */
  specialToken(text: string): T | undefined;
  /** Tokens of a whole prompt: `tokenize`, with the token that every prompt begins with, once, whether the template writes it or not. */
  tokenizePrompt(segments: readonly Segment[]): T[];
}

/** Builds the tokenizer of a model. */
export function createVocabulary<T = Token>(source: VocabularySource<T>): Vocabulary<T> {
  // Runs of white space (Gemma) and single letters (DeepSeek's ø) are user-defined tokens of some vocabularies, and harmless.
  const texts = [...source.special.keys()]
    .filter((text) => text.trim() !== '' && text !== firstCharacter(text))
    .sort((a, b) => b.length - a.length);
  const alternatives = texts.length === 0 ? '(?!)' : texts.map(escapeRegExp).join('|');
  const special = new RegExp(alternatives, 'gu');
  const holdsSpecial = new RegExp(alternatives, 'u');

  function plain(text: string): T[] {
    if (text === '') return [];
    if (!holdsSpecial.test(text)) return source.tokenizePlain(text);
    // llama.cpp finds user-defined tokens (`<tool_call>` in ours) in plain text too, so their text is cut after its first character.
    const cuts = [...text.matchAll(special)].map((match) => match.index + firstCharacter(match[0]).length);
    return [0, ...cuts].flatMap((start, index) => plain(text.slice(start, cuts[index])));
  }

  function tokenize(segments: readonly Segment[]): T[] {
    const tokens: T[] = [];
    let run = '';
    let isSwallowed = false;
    const flush = (): void => {
      for (const token of plain(isSwallowed ? run.replace(/^\s+/u, '') : run)) tokens.push(token);
      run = '';
    };
    for (const { kind, text } of segments) {
      let end = 0;
      if (kind === 'markup') {
        for (const match of text.matchAll(special)) {
          run += text.slice(end, match.index);
          flush();
          const token = source.special.get(match[0]);
          if (token !== undefined) tokens.push(token);
          isSwallowed = token !== undefined && source.swallows?.(token) === true;
          end = match.index + match[0].length;
        }
      }
      run += text.slice(end);
    }
    flush();
    return tokens;
  }

  return {
    specialToken: (text) => source.special.get(text),
    tokenize,
    tokenizePrompt: (segments) => {
      const tokens = tokenize(segments);
      return source.bos === undefined || tokens[0] === source.bos ? tokens : [source.bos, ...tokens];
    },
  };
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0);
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
}
