/** Finds a Chromium on this machine: what CHROME_PATH names, what is in PATH, or where installers put it. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const places = [
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

/** Why a test that wants a browser does not run. */
export const noChromium = 'there is no Chromium on this machine: install one (Debian: apt-get install chromium), or name it in CHROME_PATH';

/** Path of the executable; undefined where there is none. */
export function findChromium({ CHROME_PATH: named, PATH: path = '' }: NodeJS.ProcessEnv = process.env): string | undefined {
  if (named !== undefined && named !== '') return named;
  const inPath = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...inPath, ...places].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
