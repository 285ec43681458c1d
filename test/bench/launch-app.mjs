import path from 'node:path'
import { _electron } from '@playwright/test'

export const ROOT = path.resolve(import.meta.dirname, '../..')

/** Starts the desktop app with data of its own below `folder`; what is started under the same name finds what the last one left. */
export function launchApp(folder, name, files) {
  return _electron.launch(appStart(folder, name, files))
}

/** What the app is started with. */
export function appStart(folder, name, files) {
  return {
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--log-level=3',
      `--user-data-dir=${path.join(folder, name)}`,
      ROOT,
      ...files,
    ],
    env: { ...process.env, MILLRACE_DATA_DIR: path.join(folder, `${name}-data`) },
  }
}
