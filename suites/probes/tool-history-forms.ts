import type { Probe } from '../model/probe.ts';
import { historyForms } from '../tools/history-forms.ts';
import { togetherProbe } from '../tools/together.ts';

export const toolHistoryForms: Probe = togetherProbe(historyForms);
