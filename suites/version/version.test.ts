import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { badInputExamples } from '../errors/bad-input.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const accepted = jsonEvidence(fixtureMessage);
const streamed = streamEvidence(fixtureEvents);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'anthropic-version' } });
const unprocessable = refusalEvidence(422, { type: 'error', error: { type: 'invalid_request_error', message: 'anthropic-version' } });

const refusal = {
  passes: { 'a 400': { control: accepted, mutant: refused } },
  fails: {
    'an answer': [{ control: accepted, mutant: accepted }, '200, it was accepted'],
    'a 422': [{ control: accepted, mutant: unprocessable }, '422 invalid_request_error'],
  },
  open: { 'a refused control': [{ control: refused, mutant: refused }, 'the same request without the defect was not accepted (400)'] },
} as const;

const refusalAlike = {
  passes: { 'a 400': { control: accepted, mutant: refused, other: refused } },
  fails: {
    'an answer under this version alone': [{ control: accepted, mutant: accepted, other: refused }, '200, it was accepted'],
    'a 422': [{ control: accepted, mutant: unprocessable, other: refused }, '422 invalid_request_error'],
  },
  open: {
    'a server that takes anything': [
      { control: accepted, mutant: accepted, other: accepted },
      'the request without messages is accepted under either version',
    ],
  },
} as const;

const acceptance = {
  passes: { 'a request taken like its control': { control: accepted, variant: accepted } },
  fails: { 'a request refused unlike its control': [{ control: accepted, variant: refused }, '400 invalid_request_error'] },
  open: {
    'a request refused like its control': [
      { control: refused, variant: refused },
      'the same request without it was not accepted either (400 invalid_request_error)',
    ],
  },
} as const;

const inBothModes = checks.filter((check) => check.kind === 'scenario' && 'mutantStream' in check.reads);

describeExamples(checks, {
  ...badInputExamples(inBothModes),
  'version.header.2023-06-01': {
    passes: {
      'a server of both versions': { older: accepted, newer: accepted },
      'a server of before 2026-10': { older: accepted, newer: refused },
    },
    fails: { 'a server of the newer one alone': [{ older: refused, newer: accepted }, '400 invalid_request_error'] },
    open: { 'a server that refuses both': [{ older: refused, newer: refused }, 'the request is refused in either version'] },
  },
  'version.header.2026-10-21': {
    passes: { 'a server of both versions': { older: accepted, newer: accepted } },
    fails: { 'a server of before 2026-10': [{ older: accepted, newer: refused }, '400 invalid_request_error'] },
    open: { 'a server that refuses both': [{ older: refused, newer: refused }, 'the request is refused in either version'] },
  },
  'version.header.2026-10-21-stream': {
    passes: { 'a stream': { control: accepted, variant: streamed } },
    fails: { 'a refused stream': [{ control: accepted, variant: refused }, '400 invalid_request_error'] },
  },
  'version.header.2023-06-01-stream': {
    passes: { 'a stream': { control: accepted, variant: streamed } },
    fails: { 'a refused stream': [{ control: accepted, variant: refused }, '400 invalid_request_error'] },
  },
  'version.2023-06-01.refusal': refusalAlike,
  'version.2026-10-21.refusal': refusalAlike,
  'version.2023-06-01.sampling-accepted': acceptance,
  'version.2026-10-21.count-tokens': acceptance,
  'version.2026-10-21.models': acceptance,
  'version.header.missing': refusal,
  'version.header.unknown': refusal,
});
