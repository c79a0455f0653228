/** Checks that no fault trips, each with the reason. */
export const exempt: Readonly<Record<string, string>> = {};
