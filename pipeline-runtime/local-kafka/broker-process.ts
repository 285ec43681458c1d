import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'

/** A child process that dies with its parent. */
export interface BoundProcess {
  readonly pid: number
  readonly exited: Promise<void>
  hasExited(): boolean
  kill(signal: NodeJS.Signals): void
}

/**
 * Starts a process in a session of its own (so that Ctrl-C in the terminal reaches the parent alone, which can finish its work
 * first) and binds its life to ours: an exit handler ends it when we end, and on POSIX systems a shell that waits on a pipe to
 * us ends it when we were killed with SIGKILL. Limits: on Windows, after the parent was killed hard, the child stays.
 * Rejects when the command cannot be started.
 */
export async function spawnBound(command: string, args: readonly string[], cwd: string, output: number): Promise<BoundProcess> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', output, output], detached: true, windowsHide: true })
  await once(child, 'spawn')
  const pid = child.pid
  if (pid === undefined) throw new Error(`${command} was started without a process id`)
  const watcher = watchOver(pid)
  const endNow = () => child.kill('SIGKILL')
  process.once('exit', endNow)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      process.off('exit', endNow)
      watcher?.kill('SIGKILL')
      resolve()
    })
  })
  return { pid, exited, hasExited: () => child.exitCode !== null || child.signalCode !== null, kill: (signal) => void child.kill(signal) }
}

/** `read` returns when the pipe closes, and the pipe closes when our process is gone, however it ended. */
function watchOver(pid: number): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined
  const script = 'read -r _; kill -TERM "$1" && sleep 5 && kill -KILL "$1"'
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watcher.once('error', () => {}) // without a shell the exit handler remains
  watcher.unref()
  if (watcher.stdin instanceof Socket) watcher.stdin.unref() // a pipe to a child is a socket in Node
  return watcher
}
