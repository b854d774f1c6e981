import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Answer, Attempt, Content, Place, Seen } from './oracle/evidence.js';

/** What clients saw, in the manner of Jepsen: kept in memory for the oracle and as JSON lines for people. */
export class History {
  readonly seen: Seen[] = [];
  readonly answers: Answer[] = [];
  /** (source, id, digest) → what was sent. */
  readonly contents = new Map<string, Content>();
  private readonly file: number;
  private requests = 0;
  private readonly cuts = new Map<string, number>();

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.file = openSync(path, 'w');
  }

  nextRequest(): number {
    return (this.requests += 1);
  }

  invoke(attempt: Attempt, content: Content): void {
    this.contents.set(contentKey(attempt), content);
    this.add({ ...attempt, at: Date.now(), is: 'invoke' });
  }

  ok(attempt: Attempt, place?: Place): void {
    this.add({ ...attempt, at: Date.now(), is: 'ok', ...(place && { place }) });
  }

  fail(attempt: Attempt): void {
    this.add({ ...attempt, at: Date.now(), is: 'fail' });
  }

  unknown(attempt: Attempt, why: string): void {
    this.add({ ...attempt, at: Date.now(), is: 'unknown', why });
  }

  answer(answer: Answer): void {
    const told = { ...answer, cuts: this.cuts.get(answer.source) ?? 0 };
    this.answers.push(told);
    this.write({ answer: told });
  }

  /** The log of this source, which is still, lost its end: places are given out a second time. */
  cut(source: string): void {
    this.cuts.set(source, (this.cuts.get(source) ?? 0) + 1);
    this.note(`the log of ${source} is cut`);
  }

  note(text: string): void {
    this.write({ at: Date.now(), note: text });
  }

  close(): void {
    closeSync(this.file);
  }

  private add(seen: Seen): void {
    this.seen.push(seen);
    const content = seen.is === 'invoke' ? { message: this.contents.get(contentKey(seen))?.message } : {};
    this.write({ ...seen, ...content });
  }

  private write(line: object): void {
    writeSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

export const contentKey = ({ source, id, digest }: Pick<Attempt, 'source' | 'id' | 'digest'>): string =>
  `${source} ${id} ${digest}`;
