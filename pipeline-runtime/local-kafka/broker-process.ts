import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'

/** A child process. */
export interface BrokerProcess {
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
export async function spawnBound(command: string, args: readonly string[], cwd: string, output: number): Promise<BrokerProcess> {
  const { broker } = await spawnOwnSession(command, args, cwd, output)
  const watcher = watchOver(broker.pid)
  const endNow = () => broker.kill('SIGKILL')
  process.once('exit', endNow)
  const exited = broker.exited.then(() => {
    process.off('exit', endNow)
    watcher?.kill('SIGKILL')
  })
  return { ...broker, exited }
}

/** Starts a process that lives on when we end, however we end; it does not keep us from ending. Rejects when the command cannot be started. */
export async function spawnDetached(command: string, args: readonly string[], cwd: string, output: number): Promise<BrokerProcess> {
  const { broker, child } = await spawnOwnSession(command, args, cwd, output)
  child.unref()
  return broker
}

async function spawnOwnSession(
  command: string,
  args: readonly string[],
  cwd: string,
  output: number,
): Promise<{ readonly broker: BrokerProcess; readonly child: ChildProcess }> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', output, output], detached: true, windowsHide: true })
  await once(child, 'spawn')
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} was started without a process id`)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const hasExited = () => child.exitCode !== null || child.signalCode !== null
  return { broker: { pid, exited, hasExited, kill: (signal) => void child.kill(signal) }, child }
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
