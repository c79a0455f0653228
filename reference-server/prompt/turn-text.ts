/** Text of a turn: what somebody wrote, or that between words of the server's own, in which control tokens count. */
import type { Segment } from './placeholders.ts';

export type TurnText = string | readonly Segment[];

export function isEmptyText(text: TurnText): boolean {
  return typeof text === 'string' ? text === '' : text.every((segment) => segment.text === '');
}

/** Both texts with the separator between them; the other where one is empty. */
export function joinTexts(first: TurnText, second: TurnText, separator: string): TurnText {
  if (isEmptyText(first)) return second;
  if (isEmptyText(second)) return first;
  if (typeof first === 'string' && typeof second === 'string') return `${first}${separator}${second}`;
  return [...segmentsOf(first), markup(separator), ...segmentsOf(second)];
}

export function segmentsOf(text: TurnText): readonly Segment[] {
  return typeof text === 'string' ? [content(text)] : text;
}

export function markup(text: string): Segment {
  return { kind: 'markup', text };
}

export function content(text: string): Segment {
  return { kind: 'content', text };
}
