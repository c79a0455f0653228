import type { Probe } from '../model/probe.ts';
import { definitionForms } from '../tools/definition-forms.ts';
import { togetherProbe } from '../tools/together.ts';

export const toolDefinitionForms: Probe = togetherProbe(definitionForms);
