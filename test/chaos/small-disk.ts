import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCK = 4_096;

/** A disk that can be full: a tmpfs of its own, where the user may mount one. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  static mount(sizeMb: number): SmallDisk {
    const folder = mkdtempSync(join(tmpdir(), 'simpul-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', folder], { stdio: 'pipe' });
    } catch (error) {
      rmdirSync(folder);
      throw error;
    }
    chmodSync(folder, 0o755);
    return new SmallDisk(folder);
  }

  /** Why there can be none here. */
  static whyNot(): string | undefined {
    try {
      SmallDisk.mount(1).close();
      return undefined;
    } catch {
      return 'a small disk cannot be mounted here (that takes root, or CAP_SYS_ADMIN)';
    }
  }

  /** Not a byte is left. */
  fill(): void {
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(this.ballast, Buffer.alloc(Math.max(0, bavail * bsize - BLOCK)));
    for (let more = 0; statfsSync(this.folder).bavail > 0 && more < 100; more++)
      writeFileSync(this.ballast, Buffer.alloc(BLOCK), { flag: 'a' });
  }

  free(): void {
    rmSync(this.ballast, { force: true });
  }

  close(): void {
    execFileSync('umount', [this.folder], { stdio: 'pipe' });
    rmdirSync(this.folder);
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}
