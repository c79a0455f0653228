/** Findings as people read them: equal ones together, each place in words. */
import type { Finding, Place } from '../../spec/record/index.ts';

export interface FindingGroup {
  readonly expected: string;
  readonly found: string;
  readonly places: readonly Place[];
}

/** One group for each pair of expected and found, in order of appearance: a fault that every stream shows is told once. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, { expected: string; found: string; places: Place[] }>();
  for (const { at, expected, found } of findings) {
    const key = JSON.stringify([expected, found]);
    const group = groups.get(key) ?? { expected, found, places: [] };
    if (at !== undefined) group.places.push(at);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** `tools/any-stream (x12), frame 4, byte 512, /delta/stop_reason`. */
export function placeText({ address, exchange, frame, offset, pointer }: Place): string {
  const parts = [
    address === undefined ? exchange : `${address} (${exchange})`,
    ...(frame === undefined ? [] : [`frame ${frame}`]),
    ...(offset === undefined ? [] : [`byte ${offset}`]),
    ...(pointer === undefined ? [] : [pointer === '' ? 'the whole value' : pointer]),
  ];
  return parts.join(', ');
}
