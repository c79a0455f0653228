/**
 * What sets a family of models apart: how it marks thinking and tool calls in what it writes, and how its template wants to be given the
 * history. One value a family; the parser, the prompt and the grammars all read the same one.
 */

export interface Family {
  readonly name: string;
  /** Absent where the model does not think, or where nothing in its template says so. */
  readonly thinking?: ThinkingSyntax;
  readonly calls: CallSyntax;
  /** Only of models that write their reply as messages with heads of their own. */
  readonly messages?: MessageSyntax;
  readonly history: HistoryShape;
  /** Tokens that end a reply, also where the engine does not count them among those. */
  readonly ends: readonly string[];
}

export interface ThinkingSyntax {
  /** `<think>`, without the white space around it. */
  readonly open: string;
  /** A word behind the opening mark that is no thinking yet. */
  readonly label?: string;
  /** `</think>` */
  readonly close: string;
  /** As the model itself opens: with the line break. Written by the server where the model has to think. */
  readonly opening: string;
  /** As the model itself closes. Written by the server where the budget is spent, or where no thinking is wanted. */
  readonly closing: string;
  /** Thinking that is over before it begins, for models that would think unless told that they have. */
  readonly skipped?: string;
}

/**
 * A call is `prefix` name `afterName` arguments `suffix`: `<tool_call>\n{"name": "` ... `", "arguments": ` ... `}\n</tool_call>`. Tokens
 * that end the reply are no part of it: no grammar lets a model write them before everything else is written.
 */
export interface CallSyntax {
  /** The mark that a call follows, `<tool_call>`: once the model wrote it, the rest is held to a grammar. */
  readonly open?: string;
  /** The mark after a call, `</tool_call>`. */
  readonly close?: string;
  /** Marks around all calls of a reply. */
  readonly around?: readonly string[];
  /** Tokens that mean something only within a call. */
  readonly others: readonly string[];
  readonly prefix: string;
  /** Between the name and what follows it: what calls of a conversation are counted behind, `:` in `look:2`. */
  readonly count?: string;
  readonly afterName: string;
  readonly suffix: string;
  /** What comes between the arguments of a call and the name of the next, where calls are members of one list. */
  readonly between?: string;
  /** What the arguments are written in. Default: JSON. */
  readonly notation?: ArgumentNotation;
  /** Whether a reply may hold several calls. */
  readonly areSeveral: boolean;
  /** How a call looks where no grammar held the model to that form. */
  readonly loose: LooseForm;
}

/** Arguments that are no JSON. */
export type ArgumentNotation = TaggedNotation | MarkedNotation;

/** `<parameter=city>` value `</parameter>`: strings as they are, all other values as JSON. */
export interface TaggedNotation {
  readonly form: 'tagged';
  /** Around the name of an argument. */
  readonly name: readonly [before: string, after: string];
  /** Behind its value. */
  readonly valueEnd: string;
}

/** Like JSON, with bare names, without spaces, and with a mark in place of quotes: `{city:<|"|>Paris<|"|>,days:2}`. */
export interface MarkedNotation {
  readonly form: 'marked';
  readonly quote: string;
}

export type LooseForm =
  | {
      /** One JSON object with the name and the arguments. */
      readonly form: 'object';
      /** Beginnings of a call without a mark, white space left out, where the reply begins. */
      readonly bare?: readonly string[];
      /** Calls are the members of a JSON list. */
      readonly isListed?: boolean;
    }
  | {
      /** The name, then the arguments as JSON. */
      readonly form: 'named';
      /** What ends the text that the name stands in. */
      readonly nameEnd: string;
      /** The arguments begin with that end already. */
      readonly isNameEndKept?: boolean;
      /** Its first group is the name. */
      readonly name: RegExp;
      /** What may follow the arguments before the closing mark. */
      readonly tail?: string;
      /** What begins another call before the closing mark. */
      readonly another?: string;
    };

/** A reply as messages: a head that says what it is and for whom, the content, an end. */
export interface MessageSyntax {
  /** Marks within or before a head. */
  readonly opens: readonly string[];
  /** Where the head ends and the content begins. */
  readonly headEnd: string;
  /** Where the content ends. */
  readonly ends: readonly string[];
  /** What the message is, by its head. */
  readonly read: (head: string) => MessageKind;
  /** The beginning of another message. */
  readonly next: string;
  /** The head of the message that answers the user. */
  readonly answer: string;
}

export type MessageKind = { readonly kind: 'text' } | { readonly kind: 'thinking' } | { readonly kind: 'call'; readonly name: string };

/** What a template of the family needs beyond the usual. All false: several calls a turn, with their arguments as objects. */
export interface HistoryShape {
  /** The template is not told of tools: they are described in the system text, calls and results are text. */
  readonly isPlain?: boolean;
  /** The arguments of a call as JSON text. */
  readonly hasArgumentsAsText?: boolean;
  /** Each call on a turn of its own, followed by its result. */
  readonly isOneCallPerTurn?: boolean;
  /** Every tool has a description, an empty one if need be: the template fails without. */
  readonly needsDescriptions?: boolean;
  /** Ids of calls must be nine letters and digits. */
  readonly hasShortIds?: boolean;
  /** What the user says right after results is part of the last of them: the template refuses a user turn there. */
  readonly isTextPartOfResult?: boolean;
  /** Text beside a call would be left out or misplaced: it is a turn of its own, before that of the call. */
  readonly isTextApart?: boolean;
  /** Text beside a call belongs to its thinking, which goes by the name `thinking`. */
  readonly isTextThought?: boolean;
  /** Thinking is a part of the content, which is a list then. */
  readonly isThoughtPart?: boolean;
  /** The same, by the usual name. */
  readonly isTextReasoning?: boolean;
  /** Arguments that are null: as text where templates fail on them, or left out at any depth where they write nothing in their place. */
  readonly nulls?: 'text' | 'absent';
  /** A turn without text has the content null, not an empty string. */
  readonly isEmptyNull?: boolean;
}

/** What of the prefix follows the opening mark. */
export function afterOpen({ open, prefix }: CallSyntax): string {
  const at = open === undefined ? -1 : prefix.indexOf(open);
  return open === undefined || at === -1 ? prefix : prefix.slice(at + open.length);
}

/** What stands between the name of a call that the server writes and its arguments. */
export function behindName({ count, afterName }: CallSyntax): string {
  return count === undefined ? afterName : `${count}0${afterName}`;
}
