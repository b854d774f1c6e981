import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCK = Buffer.alloc(65_536);

/** A disk that can be full: a file system of its own in memory, where the user may mount one. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Over an empty folder, which goes with it. */
  static mount(sizeMb: number, folder = mkdtempSync(join(tmpdir(), 'simpul-disk-'))): SmallDisk {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'simpul-chaos', folder], { stdio: 'pipe' });
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
    const file = openSync(this.ballast, 'w');
    try {
      for (;;) writeSync(file, BLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
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
