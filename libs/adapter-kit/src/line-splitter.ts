/** A line without its line feed, or that it was longer than allowed. */
export type Line = Buffer | 'too-long';

const LINE_FEED = 10;
const BLANK = new Set([9, 13, 32]);

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => BLANK.has(byte));

/** Cuts a stream at line feeds. Holds at most one line; blank lines are left out. */
export class LineSplitter {
  private held: Buffer[] = [];
  private length = 0;
  private tooLong = false;

  constructor(private readonly maxBytes: number) {}

  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      this.hold(chunk.subarray(from, at));
      lines.push(...this.flush());
      from = at + 1;
    }
    this.hold(chunk.subarray(from));
    return lines;
  }

  /** The last line, if it came without a line feed. */
  flush(): Line[] {
    const line: Line = this.tooLong ? 'too-long' : this.join();
    this.held = [];
    this.length = 0;
    this.tooLong = false;
    return line !== 'too-long' && isBlank(line) ? [] : [line];
  }

  /** A line that came in one piece is not copied. */
  private join(): Buffer {
    const [piece] = this.held;
    return piece && this.held.length === 1 ? piece : Buffer.concat(this.held, this.length);
  }

  private hold(bytes: Buffer): void {
    if (this.tooLong || bytes.length === 0) return;
    this.length += bytes.length;
    if (this.length > this.maxBytes) {
      this.tooLong = true;
      this.held = [];
      this.length = 0;
    } else this.held.push(bytes);
  }
}
