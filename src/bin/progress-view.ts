import { Presets, SingleBar } from 'cli-progress';

/** Shows how far long work is: a bar on a terminal, a line now and then elsewhere. Both on standard error. */
export interface ProgressView {
  /** @param progress `fraction` 0 to 1, absent where it cannot be told; `detail` such as a count */
  show(progress: { stage: string; fraction?: number | undefined; detail?: string }): void;
  /** Leaves the terminal as it was found. */
  end(): void;
}

const LINE_EVERY_MS = 5_000;

export function progressView(stream: NodeJS.WriteStream = process.stderr): ProgressView {
  return stream.isTTY ? barView(stream) : lineView(stream);
}

function barView(stream: NodeJS.WriteStream): ProgressView {
  let bar: SingleBar | undefined;
  let current = '';
  const end = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    show({ stage, fraction = 0, detail = '' }) {
      if (stage !== current) {
        bar?.update(1_000);
        end();
      }
      current = stage;
      if (!bar) {
        const format = '{bar} {percentage}% | {stage} | {detail}';
        bar = new SingleBar({ stream, format, hideCursor: true, linewrap: false }, Presets.shades_grey);
        bar.start(1_000, 0, { stage, detail });
      }
      bar.update(Math.round(fraction * 1_000), { stage, detail });
    },
    end,
  };
}

function lineView(stream: NodeJS.WriteStream): ProgressView {
  let current = '';
  let shownMs = 0;
  return {
    show({ stage, fraction, detail = '' }) {
      const nowMs = performance.now();
      if (stage === current && nowMs - shownMs < LINE_EVERY_MS) return;
      current = stage;
      shownMs = nowMs;
      const percentage = fraction === undefined ? '' : ` ${Math.round(fraction * 100)}%`;
      stream.write(`${stage}${percentage}${detail && ` (${detail})`}\n`);
    },
    end: () => undefined,
  };
}
