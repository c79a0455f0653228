/** Checks that no fault trips, each with the reason. */
export const exempt: Readonly<Record<string, string>> = {
  'concurrency.connection.taken':
    'A fault answers requests; it cannot refuse a connection, which is not its own. The table test of the check shows it.',
};
