/** The progress of a download: one live line with a bar on a terminal, now and then a plain one elsewhere. The clock is injected, nothing here waits. */
import type { DownloadProgress } from '../reference-server/download/obtain-model.ts';
import { oneLine } from '../reports/terminal/wrap.ts';

export interface DownloadLineOptions {
  readonly write: (text: string) => void;
  /** Whether a line can be written over: a terminal, and not in CI. */
  readonly isLive: boolean;
  /** Columns now: a window may change. */
  readonly width: () => number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

export interface DownloadLine {
  update(progress: DownloadProgress): void;
  /** Leaves the line as it is, so that other text comes below it. */
  end(): void;
}

interface Sample {
  readonly at: number;
  readonly done: number;
}

const liveEveryMs = 100;
const plainEveryMs = 5000;
/** The speed is that of the last seconds: the average since the beginning does not tell of a network that has become slow. */
const windowMs = 10_000;
const barWidth = 20;

export function downloadLine({ write, isLive, width, now }: DownloadLineOptions): DownloadLine {
  let samples: Sample[] = [];
  let shownFile = 0;
  let shownAt = 0;
  let isOpen = false;
  return {
    update(progress) {
      const at = now();
      const isNewFile = progress.file !== shownFile;
      if (isNewFile) samples = [];
      const isOver = progress.done === progress.total;
      const isDue = isNewFile || at - shownAt >= (isLive ? liveEveryMs : plainEveryMs);
      if (!isDue && !isOver) return;
      samples = [...samples.filter((sample) => at - sample.at <= windowMs), { at, done: progress.done }];
      shownFile = progress.file;
      shownAt = at;
      const line = lineOf(progress, speedOf(samples), isLive);
      // One column stays free: a full line would wrap, and then not be cleared.
      write(isLive ? `\r\u001b[K${oneLine(line, width() - 1)}` : `${line}\n`);
      isOpen = isLive;
    },
    end() {
      if (isOpen) write('\n');
      isOpen = false;
    },
  };
}

/** `qwen.gguf (2/3) [#####---------------] 1.2 of 4.6 GB, 27 %, 45.2 MB/s, 1:12 left`. */
function lineOf({ name, file, files, done, total }: DownloadProgress, speed: number | undefined, hasBar: boolean): string {
  const title = files > 1 ? `${name} (${file}/${files})` : name;
  const share = total === undefined || total === 0 ? undefined : Math.min(done / total, 1);
  const bar = share === undefined || !hasBar ? '' : ` [${'#'.repeat(Math.floor(share * barWidth)).padEnd(barWidth, '-')}]`;
  const facts = [
    amount(done, total),
    ...(share === undefined ? [] : [`${Math.floor(share * 100)} %`]),
    ...(speed === undefined ? [] : [`${(speed / 1e3).toFixed(1)} MB/s`]),
    ...(speed === undefined || total === undefined || done >= total ? [] : [`${clock((total - done) / speed)} left`]),
  ];
  return `${title}${bar} ${facts.join(', ')}`;
}

/** In the unit of the larger one. */
function amount(done: number, total: number | undefined): string {
  const [unit, name] = Math.max(done, total ?? 0) >= 1e9 ? [1e9, 'GB'] : [1e6, 'MB'];
  const of = total === undefined ? '' : ` of ${(total / unit).toFixed(1)}`;
  return `${(done / unit).toFixed(1)}${of} ${name}`;
}

/** Bytes a millisecond, over the samples; undefined before there is something to tell. */
function speedOf(samples: readonly Sample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at === first.at || last.done <= first.done) return undefined;
  return (last.done - first.done) / (last.at - first.at);
}

function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}` : `${minutes}:${twoDigits(seconds % 60)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
