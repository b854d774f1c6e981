import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { good, PATH } from './http-case.js';

export interface SteadyPush {
  at: number;
  /** 0: no answer at all. */
  status: number;
  ms: number;
  receipt?: string;
}

/** The client in its own process: what it measures is the hub, not the one who sends the corpus. */
export class SecondClient {
  private readonly child: ChildProcess;

  constructor(port: number, token: string) {
    const script = join(import.meta.dirname, 'steady-client.mjs');
    this.child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    const told = { url: `http://127.0.0.1:${port}${PATH}`, token, message: good() };
    this.child.stdin?.write(`${JSON.stringify(told)}\n`);
  }

  async stop(): Promise<SteadyPush[]> {
    const parts: string[] = [];
    this.child.stdout?.on('data', (bytes: Buffer) => parts.push(bytes.toString()));
    this.child.stdin?.end();
    await once(this.child, 'close');
    return JSON.parse(parts.join('')) as SteadyPush[];
  }
}
