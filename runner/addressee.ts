/** Whom a run asks, and through which recorder, from its options. */
import type { Target } from '../spec/index.ts';
import { defaultApiVersion, type RunOptions } from './options.ts';
import { dummyKey } from './clients/sdk.ts';
import { suite } from './suite.ts';
import { createRecorder, type Recorder } from './wire/index.ts';
import { type Addressee, wrongKey } from './wire-request.ts';

const canonicalModelsPath = '/v1/models';

/** A response may take so many times the timeout, as long as it is never silent for longer than that. */
const patience = 5;

export const defaultTimeoutMs = 120_000;

/** The addressee of a run: preflight may find the model and how the key is taken. */
export type FoundAddressee = { -readonly [Key in keyof Addressee]: Addressee[Key] } & { model: string; modelFrom: Target['modelFrom'] };

export function addresseeOf(baseUrl: string, options: RunOptions): FoundAddressee {
  return {
    baseUrl,
    auth: options.auth ?? (options.apiKey === undefined ? 'none' : 'x-api-key'),
    apiKey: options.apiKey,
    apiVersion: options.apiVersion ?? defaultApiVersion,
    headers: [...Object.entries(options.profile?.headers ?? {}), ...(options.headers ?? [])],
    userAgent: `messages-conformance/${suite.version}`,
    model: options.model ?? '',
    modelFrom: 'option',
  };
}

export function modelsPathOf({ profile }: RunOptions): string {
  return profile?.paths?.models ?? canonicalModelsPath;
}

export function targetOf({ baseUrl, model, modelFrom, auth, apiVersion }: FoundAddressee, { profile }: RunOptions): Target {
  return { baseUrl, model, modelFrom, auth, apiVersion, ...(profile === undefined ? {} : { profile: profile.id }) };
}

export function recorderOf({ timeoutMs = defaultTimeoutMs, apiKey, ca, insecure, environment, clockSpeed }: RunOptions): Recorder {
  return createRecorder({
    silenceMs: timeoutMs,
    maxResponseMs: timeoutMs * patience,
    secrets: apiKey === undefined ? [] : [apiKey],
    dummies: [wrongKey, dummyKey],
    ...(ca === undefined ? {} : { ca }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(environment === undefined ? {} : { environment }),
    ...(clockSpeed === undefined ? {} : { clockSpeed }),
  });
}
