import { isError } from './is-error.js';

/** What a check found; details are numbers and names, never texts of errors. */
export interface Finding {
  ok: boolean;
  detail?: Record<string, string | number | boolean>;
}

export type HealthCheck = () => Finding | Promise<Finding>;

export interface HealthReport {
  ok: boolean;
  checks: Record<string, Finding>;
}

const LONGEST_MS = 2_000;

/** Is this process alive, and is it ready for requests? */
export class Health {
  private readonly readiness = new Map<string, HealthCheck>();
  private readonly liveness = new Map<string, HealthCheck>();
  private isStopping = false;

  /** A check of readiness; with `live`, one whose failure means that only a restart helps. */
  register(name: string, check: HealthCheck, options: { live?: boolean } = {}): void {
    (options.live ? this.liveness : this.readiness).set(name, check);
  }

  /** From now on never ready again. */
  stop(): void {
    this.isStopping = true;
  }

  get stopping(): boolean {
    return this.isStopping;
  }

  ready(): Promise<HealthReport> {
    const stopping: [string, HealthCheck][] = this.isStopping ? [['stopping', () => ({ ok: false })]] : [];
    return report([...stopping, ...this.readiness]);
  }

  live(): Promise<HealthReport> {
    return report([...this.liveness]);
  }
}

async function report(checks: [string, HealthCheck][]): Promise<HealthReport> {
  const findings = await Promise.all(checks.map(async ([name, check]) => [name, await findingOf(check)] as const));
  return { ok: findings.every(([, { ok }]) => ok), checks: Object.fromEntries(findings) };
}

/** A check that fails or hangs is a check that says no. */
async function findingOf(check: HealthCheck): Promise<Finding> {
  const { promise: late, resolve } = Promise.withResolvers<Finding>();
  const timer = setTimeout(() => resolve({ ok: false, detail: { late: true } }), LONGEST_MS);
  try {
    return await Promise.race([Promise.resolve(check()), late]);
  } catch (error) {
    return { ok: false, detail: { error: isError(error) ? error.name : typeof error } };
  } finally {
    clearTimeout(timer);
  }
}
