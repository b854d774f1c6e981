import type { EachBatchPayload } from 'kafkajs';
import { BatchContext, type BatchVerdict, type LogMessage } from './batch-context.js';
import type { LogEnds } from './log-ends.js';
import type { MessagingLog } from './messaging-log.js';
import { toLogMessage } from './log-message.js';
import { contradictionOf, PartitionStart } from './partition-start.js';
import type { Halt, Standing } from './positions.js';
import type { ReaderPorts } from './reader-ports.js';

type Payload = Pick<EachBatchPayload, 'batch' | 'heartbeat' | 'resolveOffset' | 'isRunning' | 'isStale'>;
type Step = 'go on' | 'stop';

const HEARTBEAT_MS = 1_000;
const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/** Reads one assigned partition: checks each batch against the position and acts on the handler's verdict. Nothing it does throws. */
export class PartitionReader {
  /** Next offset to handle; undefined until the position is known. */
  next: bigint | undefined;
  high: bigint | undefined;
  committed: bigint | undefined;
  halted: Halt | undefined;
  /** The halt stands where it survives this process. */
  isHaltKept = false;
  private standing: Standing | undefined;
  private start: PartitionStart | undefined;
  private open = false;
  private isBusy = false;
  private failures = 0;
  private running: Promise<void> = Promise.resolve();
  private abort = new AbortController();
  private resumeTimer: NodeJS.Timeout | undefined;

  constructor(
    readonly topic: string,
    readonly partition: number,
    private readonly ports: ReaderPorts,
  ) {}

  /** Nothing is read from here on; a running handler is told to roll back. Resolves when it has. */
  async suspend(): Promise<void> {
    this.abort.abort();
    await this.finish();
  }

  /** Takes no further batch; resolves when the running one is done. */
  async finish(): Promise<void> {
    this.open = false;
    clearTimeout(this.resumeTimer);
    this.ports.pause();
    await this.running;
  }

  /** Our own word and the ends of the log are known: reads on, or stops where that word says so or the two contradict each other. */
  begin(standing: Standing, ends: LogEnds): void {
    this.standing = standing;
    this.next = standing.next ?? ends.low;
    this.high = ends.high;
    this.halted = standing.halt;
    this.isHaltKept = standing.halt !== undefined;
    const contradiction = contradictionOf(this.next, ends);
    if (this.halted) return;
    if (contradiction) return this.halt(contradiction);
    if (standing.isPaused) return;
    this.start = new PartitionStart(standing, ends);
    this.open = true;
    this.ports.seek(this.start.seekTo(this.next));
    this.ports.resume();
  }

  get isPaused(): boolean {
    return this.standing?.isPaused ?? false;
  }

  get generation(): number {
    return this.standing?.generation ?? 1;
  }

  /** Whether an operator changed something since `begin`. */
  isOutdated(now: Standing): boolean {
    const { standing } = this;
    if (!standing) return false;
    const isHaltOther = (this.halted !== undefined) !== (now.halt !== undefined) && (this.isHaltKept || !this.halted);
    return now.generation !== standing.generation || now.isPaused !== standing.isPaused || isHaltOther;
  }

  /** A fetch failed: the log may be another one by now. */
  doubt(): void {
    const { start, next } = this;
    if (this.open && !this.isBusy && start && next !== undefined) this.ports.seek(start.doubt(next));
  }

  /** Stops after the running batch; `begin` reads on. */
  async rest(): Promise<void> {
    this.standing = undefined;
    await this.finish();
  }

  /** Ends of the log that were asked for while nothing moved here: a log that was cut or made anew may otherwise be silent for long. */
  compare(before: bigint | undefined, ends: LogEnds): void {
    if (!this.standing || this.halted || this.isBusy || before === undefined || before !== this.next) return;
    this.high = ends.high;
    const contradiction = contradictionOf(before, ends);
    if (contradiction) this.halt(contradiction);
  }

  async read(payload: Payload): Promise<void> {
    await this.running;
    this.running = this.readSafely(payload);
    await this.running;
  }

  private async readSafely(payload: Payload): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    this.abort = abort;
    const beat = setInterval(() => void this.beat(payload, abort), HEARTBEAT_MS);
    this.isBusy = true;
    try {
      if (this.mayRead(payload, signal)) await this.readBatch(payload, signal);
    } catch (error) {
      this.failed(error);
    } finally {
      clearInterval(beat);
      this.isBusy = false;
    }
  }

  private async beat(payload: Payload, abort: AbortController): Promise<void> {
    try {
      await payload.heartbeat();
    } catch (error) {
      this.log('warn', 'consumer.heartbeat-failed', { code: nameOf(error) });
      abort.abort();
    }
  }

  private mayRead(payload: Payload, signal: AbortSignal): boolean {
    return this.open && !signal.aborted && payload.isRunning() && !payload.isStale();
  }

  private async readBatch(payload: Payload, signal: AbortSignal): Promise<void> {
    const { batch } = payload;
    this.high = BigInt(batch.highWatermark);
    const messages = this.startAtPosition(batch.messages.map(toLogMessage), payload);
    const place = { topic: this.topic, partition: this.partition, highWatermark: this.high, aborted: signal };
    for (let rest = messages; rest.length > 0 && this.mayRead(payload, signal);) {
      const part = rest.slice(0, this.ports.messagesAtOnce);
      const verdict = await this.ports.handle(part, new BatchContext(place));
      if (this.act(verdict, part, payload) === 'stop') return;
      rest = rest.filter(({ offset }) => this.next !== undefined && offset >= this.next);
    }
  }

  /** The messages from the position on; none where the batch starts elsewhere. */
  private startAtPosition(messages: LogMessage[], payload: Payload): LogMessage[] {
    if (!this.start || this.next === undefined) return [];
    const start = this.start.check(messages, this.next);
    if (start.do === 'seek') this.ports.seek(start.offset);
    if (start.do === 'halt') this.halt(start.halt);
    if (start.do !== 'read') return [];
    if (start.proven !== undefined) payload.resolveOffset(start.proven.toString());
    return start.messages;
  }

  private act(verdict: BatchVerdict, part: LogMessage[], payload: Payload): Step {
    switch (verdict.do) {
      case 'applied':
        return this.applied(verdict.next, part, payload);
      case 'retry':
        this.pauseFor(verdict.afterMs);
        return 'stop';
      case 'seek':
        this.seek(verdict.next);
        return 'stop';
      case 'halt':
        this.halt({ code: verdict.code, reason: verdict.reason });
        return 'stop';
      default:
        verdict satisfies never;
        throw new TypeError('The handler gave no verdict');
    }
  }

  private applied(next: bigint, part: LogMessage[], payload: Payload): Step {
    const from = this.next ?? 0n;
    if (next <= from) throw new RangeError(`applied up to ${next}, but the batch starts at ${from}`);
    this.failures = 0;
    this.next = next;
    const last = part.findLast(({ offset }) => offset === next - 1n);
    if (!last) {
      this.ports.seek(next);
      return 'stop';
    }
    this.start?.passed(last);
    payload.resolveOffset(last.offset.toString());
    return 'go on';
  }

  private seek(next: bigint): void {
    this.log('warn', 'consumer.seek', { offset: next.toString() });
    this.next = next;
    this.ports.seek(next);
  }

  private halt(halt: Halt): void {
    this.open = false;
    this.halted = halt;
    this.isHaltKept = false;
    this.ports.pause();
    this.log('error', 'consumer.halted', { code: halt.code, reason: halt.reason });
  }

  /** Whatever was thrown is about us, not about the message: again later, for ever, with an alarm. */
  private failed(error: unknown): void {
    this.log('error', 'consumer.handler-failed', { code: nameOf(error), count: this.failures + 1 });
    this.pauseFor(Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** Math.min(this.failures, 5)));
    this.failures += 1;
  }

  private pauseFor(ms: number): void {
    if (!this.open) return;
    this.ports.pause();
    clearTimeout(this.resumeTimer);
    this.resumeTimer = setTimeout(() => {
      if (this.open) this.ports.resume();
    }, ms);
  }

  private log(level: 'warn' | 'error', event: string, details: Parameters<MessagingLog>[2]): void {
    this.ports.log(level, event, { topic: this.topic, partition: this.partition, ...details });
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
