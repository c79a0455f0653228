// The half of the benchmark that runs inside a server: tells its parent where it listens, and what it has cost whenever asked.
// These files are plain JavaScript because Node's type stripping alone takes 18 MB, which the server would be charged for.

/** What the server shall say: the lines that the parent passed as its one argument. */
export const lines = JSON.parse(process.argv[2]);

/** @param {string} url */
export function listening(url) {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send({ cpuUs: user + system, rssBytes: process.memoryUsage.rss() });
  });
  process.on('disconnect', () => process.exit());
  process.send({ url });
}
