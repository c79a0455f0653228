/** Finds the model that `serve` was told to run, and downloads it where that was asked for. Ctrl-C keeps what came. */
import type { DownloadProgress, ObtainedModel } from '../../reference-server/download/obtain-model.ts';
import type { Console } from '../console.ts';
import { downloadLine } from '../download-progress.ts';
import { onInterrupt } from '../interrupt.ts';
import { defined } from '../settings/defined.ts';
import type { Flags } from '../settings/given.ts';
import { modelSettings } from '../settings/model.ts';

/** Nothing in it for the bundled model; undefined where Ctrl-C ended the download, so that nothing is to be served. */
export async function serveModel(flags: Flags, terminal: Console): Promise<Partial<ObtainedModel> | undefined> {
  const { reference, folder, mayDownload } = modelSettings(flags);
  if (reference === undefined) return {};
  const { obtainModel } = await import('../../reference-server/download/obtain-model.ts');
  const line = downloadLine({
    write: (text) => terminal.err(text),
    isLive: terminal.isLive,
    width: () => terminal.liveWidth,
    now: () => performance.now(),
  });
  const interrupt = onInterrupt({ onFirst: () => undefined });
  try {
    const { signal } = interrupt;
    return await obtainModel(
      reference,
      defined({ folder, mayDownload, signal, onProgress: (progress: DownloadProgress) => line.update(progress) }),
    );
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    line.end();
    terminal.err('Interrupted. What came is kept: the same command goes on from there.\n');
    process.exitCode = 130;
    return undefined;
  } finally {
    line.end();
    interrupt.dispose();
  }
}
