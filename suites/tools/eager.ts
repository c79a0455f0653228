/** `eager_input_streaming` where it matters: in a stream. */
import { acceptance } from '../acceptance.ts';
import type { Check } from '../model/check.ts';
import { claudeCode, docs } from '../references.ts';

const accepted = acceptance({
  id: 'tools.stream.eager-accepted',
  level: 'may',
  layer: 'http',
  requirement: 'A streaming request may set eager_input_streaming on a tool; a server that cannot do it sends the arguments as usual.',
  covers: ['stream.eager-tool'],
  source: docs.fineGrainedStreaming,
  breaks: [claudeCode('sends it where fine-grained streaming is on')],
  fix: 'Accept the field; what it asks for is only earlier delivery.',
  needs: ['tools'],
  control: 'tool-eager/control',
  variant: 'tool-eager/eager',
});

export const eagerChecks: readonly Check[] = [accepted];
