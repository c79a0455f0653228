/** What is known about a server before it is asked. It sets defaults and explains; it never turns a failure into a pass. Schema: `spec/schemas/target-profile.json`. */
import type { Capability } from '../spec/record/index.ts';

export interface TargetProfile {
  /** Name for `--profile`. */
  readonly id: string;
  /** As its makers write it. */
  readonly name: string;
  /** Where it listens unless told otherwise; without `/v1`. */
  readonly baseUrl: string;
  /** Where content is looked for instead of the canonical path. Checks of a route itself always use the canonical one. */
  readonly paths: { readonly models?: string };
  /** How it takes a key, where one is given. */
  readonly auth: 'x-api-key' | 'bearer' | 'both';
  /** Environment variable in which its users keep the key. Used without `--api-key-env` only for the profile's own base URL. */
  readonly keyVariable?: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** What its makers document as unsupported, or leave out of the documentation. For people: verdicts rest on what the server does. */
  readonly unsupported: readonly UnsupportedPart[];
  /** Commands that start it. */
  readonly start: readonly string[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
  /** What a user should know before reading the report. */
  readonly notes: readonly ProfileNote[];
}

export interface UnsupportedPart {
  readonly capability?: Capability;
  /** Area of the checks, where no capability fits. */
  readonly area?: string;
  readonly note: string;
  readonly link: string;
}

export interface ProfileNote {
  readonly text: string;
  /** Version and date of the observation: servers change. */
  readonly asOf: string;
  readonly link?: string;
}
