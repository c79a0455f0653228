/** The probes of the tables of requests that a server takes, or may refuse. */
import { cacheMarkers } from '../cache/markers.ts';
import { countRequests } from '../count-tokens/requests.ts';
import { documents } from '../content/documents.ts';
import { earlierReplies } from '../content/earlier-replies.ts';
import { images } from '../content/images.ts';
import { toolLoop } from '../content/tool-loop.ts';
import { nearMisses } from '../errors/near-misses.ts';
import { optionalParameters } from '../messages/optional-parameters.ts';
import type { Probe } from '../model/probe.ts';
import { systemMessages } from '../system/messages.ts';
import { type VariantTable, variantProbe } from '../variants.ts';

/** In the order in which they are sent. */
export const variantTables: readonly VariantTable[] = [
  optionalParameters,
  nearMisses,
  systemMessages,
  cacheMarkers,
  images,
  documents,
  earlierReplies,
  toolLoop,
  countRequests,
];

export const variantProbes: readonly Probe[] = variantTables.map(variantProbe);
