// Loaded before a command (`--import`): when it ends, what it has cost goes to the file descriptor that its parent reads.
import { writeSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpuUs: userCPUTime + systemCPUTime, rssBytes: maxRSS * 1024 }));
});
