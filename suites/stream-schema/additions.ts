/** What a server adds to the events that the API documents. Allowed, and worth knowing. */
import { validate } from '../../spec/index.ts';
import { check, type GeneralCheck } from '../model/check.ts';
import { notApplicable, verdictOf } from '../model/judgement.ts';
import { streams } from '../model/kinds.ts';
import { deviationOf } from '../problems.ts';
import { docs } from '../references.ts';
import { eventsOf } from '../reading.ts';

/** Places that the Message has too, where `messages.fields.known` reports them. */
const elsewhere = /^\/(message|content_block)\//;

export const knownFieldsOnly: GeneralCheck = check({
  id: 'stream.schema.known-fields',
  level: 'may',
  layer: 'schema',
  reads: streams,
  probes: ['text', 'counting'],
  requirement: 'Events of a stream have no fields but those that the API documents.',
  covers: ['version.additive-fields'],
  source: docs.versioning,
  breaks: [],
  why: 'Clients must tolerate additions; strict proxies do not, and a later version of the API may use the name for something else.',
  judge: (evidence) => {
    const events = eventsOf(evidence);
    if (events.length === 0) return notApplicable('no events in the stream');
    return verdictOf(
      events.flatMap(({ frame, data }) =>
        validate('stream-event', data)
          .filter(({ keyword, pointer }) => keyword === 'additionalProperties' && !elsewhere.test(pointer))
          .map((problem) => deviationOf(problem, data, frame)),
      ),
    );
  },
});
