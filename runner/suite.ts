/** Which suite judged: its version and the hash of its catalogue, for every record. */
import catalogue from '../suites/catalogue.json' with { type: 'json' };

export const suite: { readonly version: string; readonly catalogue: string } = { version: catalogue.version, catalogue: catalogue.hash };
