// What the reference server refuses, and what was aborted, gives the general checks nothing to find: they are made for answers to good requests.
import { describeCleanRefusals, slowProbes } from './refusals-are-clean.fixture.ts';

describeCleanRefusals((probe) => !slowProbes.has(probe));
