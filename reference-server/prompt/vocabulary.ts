/** Turns prompt segments into tokens: control tokens only from markup, everything between them as one plain run, as the model was trained on. */
import type { Token } from 'node-llama-cpp';
import type { Segment } from './placeholders.ts';

/** What the tokenizer of a model offers: plain text only, and the list of its special tokens. */
export interface VocabularySource<T = Token> {
  /** Tokens of text without control tokens. Tokens of kind "user defined" may still be found in it. */
  readonly tokenizePlain: (text: string) => T[];
  /** Control and user-defined tokens by their text. */
  readonly special: ReadonlyMap<string, T>;
}

export interface Vocabulary<T = Token> {
  /** Tokens of a prompt. Content never becomes a special token, whatever it says. */
  tokenize(segments: readonly Segment[]): T[];
  /** The special token with exactly this text, if there is one. */
  specialToken(text: string): T | undefined;
}

/** Builds the tokenizer of a model. */
export function createVocabulary<T = Token>(source: VocabularySource<T>): Vocabulary<T> {
  // Runs of white space are user-defined tokens in some vocabularies (Gemma) and harmless.
  const texts = [...source.special.keys()].filter((text) => text.trim() !== '').sort((a, b) => b.length - a.length);
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

  return {
    specialToken: (text) => source.special.get(text),
    tokenize: (segments) => {
      const tokens: T[] = [];
      let run = '';
      const flush = (): void => {
        for (const token of plain(run)) tokens.push(token);
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
            end = match.index + match[0].length;
          }
        }
        run += text.slice(end);
      }
      flush();
      return tokens;
    },
  };
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0);
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
}
