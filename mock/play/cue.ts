/** One step of an answer on its way out: what the backend says, bytes, silence, or the way it breaks off. */
import type { BackendEvent } from '../../endpoint/index.ts';
import type { Break } from '../script/part.ts';

export type Cue =
  | { readonly type: 'event'; readonly event: BackendEvent; readonly tokens: number }
  | { readonly type: 'raw'; readonly text: string }
  | { readonly type: 'wait'; readonly ms: number }
  | Break;
