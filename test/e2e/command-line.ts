import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'

/** The repository's root folder. */
export const ROOT = path.resolve(import.meta.dirname, '../..')

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
}

/** Starts `millrace` as its users do, from the built files. */
export function startMillrace(args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Started {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/pipeline-runtime/cli/main.js'), ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text))
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...texts }))
  })
  return { child, finished }
}

export function millrace(
  args: readonly string[],
  options?: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Finished> {
  return startMillrace(args, options).finished
}
