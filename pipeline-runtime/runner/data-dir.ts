import os from 'node:os'
import path from 'node:path'

/** Where saved state is kept: `MILLRACE_DATA_DIR`, else the user's data folder. */
export function defaultDataDir(environment: Readonly<Record<string, string | undefined>>): string {
  const base = environment.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share')
  return environment.MILLRACE_DATA_DIR || path.join(base, 'millrace')
}
