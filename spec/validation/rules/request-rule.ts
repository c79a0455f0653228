// What a rule about requests looks like: one thing that no schema can say.
import type { MessagesRequest } from '../../generated/types.ts';
import type { ApiVersion } from '../../versions.ts';
import type { RequestContext } from '../request-context.ts';
import type { Conversation } from './turns.ts';

/**
 * A request that fits its schema, of either endpoint: token counting has no `max_tokens`. With a live beta header, blocks, tools and
 * values of unknown types may be among the known ones.
 */
export type CheckedRequest = Partial<MessagesRequest> & Pick<MessagesRequest, 'model' | 'messages'>;

/** The place where a rule is broken, and how. */
export interface Breach {
  /** JSON Pointer of the offending place. */
  readonly pointer: string;
  /** One clause that continues the place: "must not be blank". */
  readonly message: string;
  readonly expected: string;
}

/** A rule that refuses a request although it fits the schema. */
export interface RequestRule {
  /** Permanent name; the `keyword` of the problem. */
  readonly id: string;
  /** Ids of the requirements that the rule stands for. */
  readonly requirements: readonly string[];
  /** API version from which on the rule holds; absent means all. */
  readonly since?: ApiVersion;
  /**
   * How surely a breach is wrong. `refused`, the default: it is. `doubtful`: refused, yet another server may well take it, so that the
   * request does not count as invalid. `advice`: the documentation contradicts itself, so nothing is refused and nothing is claimed.
   */
  readonly certainty?: 'refused' | 'doubtful' | 'advice';
  /** The first breach, or undefined. Takes time linear in the request. */
  readonly find: (request: CheckedRequest, context: RequestContext, conversation: Conversation) => Breach | undefined;
}
