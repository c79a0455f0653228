/** Client profiles by id. One JSON file each, so that a correction needs no code. */
import type { ClientProfile } from './client-profile.ts';
import claudeCode from './clients/claude-code.json' with { type: 'json' };
import sdkPython from './clients/sdk-python.json' with { type: 'json' };
import sdkTypescriptBefore1 from './clients/sdk-typescript-0.json' with { type: 'json' };
import sdkTypescript from './clients/sdk-typescript.json' with { type: 'json' };

export type { ClientProfile } from './client-profile.ts';

/** All client profiles, in alphabetical order of their ids. */
export const clientProfiles: readonly ClientProfile[] = [claudeCode, sdkPython, sdkTypescript, sdkTypescriptBefore1];
