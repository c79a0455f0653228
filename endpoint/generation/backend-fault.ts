/** A backend that broke its contract: our own mistake, never the client's. Answered as a neutral `api_error` and reported to `onError`. */
export class BackendFault extends Error {
  override readonly name = 'BackendFault';

  constructor(what: string) {
    super(`The backend broke its contract: ${what}.`);
  }
}
