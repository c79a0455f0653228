/** One use of the SDK: as many requests as it likes to make, up to a bound, and what it made of the answers. */
import type { Exchange, Observed } from '../../spec/index.ts';
import type { SdkUse } from '../../suites/model/probe.ts';
import type { Addressee } from '../wire-request.ts';
import type { WireOptions, WireRequest } from '../wire/index.ts';
import { fetchOver } from './fetch.ts';
import { observe } from './observe.ts';
import { type AnthropicClass, createClient } from './sdk.ts';

export interface Drive {
  readonly addressee: Addressee;
  /** Requests at most. */
  readonly most: number;
  /** Whether the connection is broken where the client leaves; else an answer is recorded to its end, whatever the client does meanwhile. */
  readonly hangsUp: boolean;
  readonly send: (request: WireRequest, options: WireOptions) => Promise<Exchange>;
  readonly redact: (text: string) => string;
}

export interface Driven {
  /** In the order of asking. Those that could not be sent are missing. */
  readonly exchanges: readonly Exchange[];
  readonly observed: Observed;
}

export async function drive(Sdk: AnthropicClass, { addressee, most, hangsUp, send, redact }: Drive, use: SdkUse): Promise<Driven> {
  const pending: Promise<Exchange>[] = [];
  let wantedMore = false;
  const fetch = fetchOver(async (request, { listener, signal }) => {
    if (pending.length === most) {
      wantedMore = true;
      throw new Error(`no more than ${most} requests are made here`);
    }
    const sending = send(request, { listener, ...(hangsUp ? { signal } : {}) });
    pending.push(sending);
    return await sending;
  });
  const result = await observe(createClient(Sdk, addressee, fetch), use, redact);
  const settled = await Promise.allSettled(pending);
  const exchanges = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return { exchanges, observed: { exchanges: exchanges.map(({ id }) => id), ...result, ...(wantedMore ? { wantedMore } : {}) } };
}
