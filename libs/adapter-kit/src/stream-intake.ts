import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { ProblemError, toProblem } from '@simpul/contracts';
import { readStrictJson, toProblemError } from '@simpul/process';
import { Tally, toItem, type Voice } from './answer.js';
import { AnswerWindow } from './answer-window.js';
import { readLines } from './line-reader.js';
import type { Line } from './line-splitter.js';
import type { Limits } from './limits.js';
import type { Outcome } from './outcome.js';
import type { Submission } from './submission.js';

/** Lines that are refused at once come without a pause: after so many of them whoever else waits is served, and the client's quota is asked. */
const AT_A_STRETCH = 100;

/** Nothing more is waited for. */
const ENDED = AbortSignal.abort();

export interface StreamOptions {
  submission: Submission;
  voice: Voice;
  checkOnly: boolean;
  limits: Limits;
  /** Our own stop: no further line is read, what was read is settled. */
  stop: AbortSignal;
  /** Told what was read; resolves when more may be. Never rejects. */
  pace(items: number, bytes: number, stop: AbortSignal): Promise<void>;
  onOutcome(outcome: Outcome): void;
  onCut(problem: ProblemError): void;
}

/**
 * Answers an NDJSON body: a line per item as it is settled, then `{"summary":{…}}`. A stream that had to be cut short
 * ends in `{"problem":{…}}` instead: the lines without an answer were not taken.
 */
export async function* answerStream(source: Readable, options: StreamOptions): AsyncGenerator<string> {
  const stream = new LineStream(options);
  const gone = new AbortController();
  const reading = stream.read(source, AbortSignal.any([options.stop, gone.signal]));
  try {
    yield* stream.window.answers();
    const problem = await reading;
    if (problem) options.onCut(problem);
    yield `${JSON.stringify(stream.lastLine(problem))}\n`;
  } finally {
    // With a reason of its own: the default one is an error, whose stack takes longer to write down than a hundred lines.
    gone.abort('gone');
    stream.window.abandon();
  }
}

/** One request's lines on their way from the body to their answers. */
class LineStream {
  readonly window: AnswerWindow;
  private readonly tally: Tally;
  private failed: ProblemError | undefined;
  private index = 0;
  private unpaced = { items: 0, bytes: 0 };

  constructor(private readonly options: StreamOptions) {
    this.window = new AnswerWindow(options.limits.window, options.limits.arrayBytes);
    this.tally = new Tally(options.checkOnly);
  }

  /** Reads to the end. Never rejects; gives the problem that cut the stream short. */
  async read(source: Readable, stop: AbortSignal): Promise<ProblemError | undefined> {
    try {
      for await (const lines of readLines(source, this.options.limits, stop)) {
        for (const line of lines) await this.take(line, stop);
        if (this.failed) break;
      }
    } catch (error) {
      this.failed ??= toProblemError(error);
    } finally {
      await this.pace(ENDED);
      this.window.end();
    }
    return this.failed;
  }

  lastLine(problem: ProblemError | undefined): object {
    if (!problem) return { summary: this.tally };
    const { language, instance, traceId } = this.options.voice;
    return { problem: toProblem(problem, language, instance, traceId), counted: this.tally };
  }

  /** Waits for room, not for the outcome. */
  private async take(line: Line, stop: AbortSignal): Promise<void> {
    const index = this.index;
    this.index += 1;
    this.unpaced.items += 1;
    this.unpaced.bytes += line.length;
    if (index % AT_A_STRETCH === 0) {
      await setImmediate();
      await this.pace(stop);
    }
    await this.window.enter(line.length);
    void settleLine(this.options.submission, line).then(
      (outcome) => this.answer(index, line.length, outcome),
      (error: unknown) => {
        this.failed ??= toProblemError(error);
        this.window.leave(line.length, '');
      },
    );
  }

  private async pace(stop: AbortSignal): Promise<void> {
    const { items, bytes } = this.unpaced;
    this.unpaced = { items: 0, bytes: 0 };
    await this.options.pace(items, bytes, stop);
  }

  private answer(index: number, bytes: number, outcome: Outcome): void {
    this.tally.add(outcome);
    this.options.onOutcome(outcome);
    this.window.leave(bytes, `${JSON.stringify(toItem(index, outcome, this.options.voice))}\n`);
  }
}

async function settleLine(submission: Submission, line: Line): Promise<Outcome> {
  if (line === 'too-long') return { status: 'rejected', problem: new ProblemError('line.too-long') };
  const value = readLine(line);
  return value instanceof ProblemError ? { status: 'rejected', problem: value } : submission.settle(value);
}

/** A line that is no JSON is refused alone: its neighbours are not to blame. */
function readLine(line: Buffer): unknown {
  try {
    return readStrictJson(line);
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}
