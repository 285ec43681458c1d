import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { errorCode } from '../data/error-code.ts'
import { run } from './run-command.ts'

/** One that was killed and that its parent has not asked for yet is dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
  const { state } = statOf(pid)
  return state !== 'Z' && state !== 'X'
}

/** When a process began, in ticks since the machine did; undefined where the system does not tell. */
export function beginOf(pid: number): string | undefined {
  return statOf(pid).began
}

/** Fields 3 and 22 of proc(5)'s stat, counted behind the name in parentheses, which may hold blanks; undefined on other systems. */
function statOf(pid: number): { readonly state: string | undefined; readonly began: string | undefined } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], began: fields[19] }
  } catch {
    return { state: undefined, began: undefined }
  }
}

/**
 * With what a process was started; undefined where it is gone (a process that nobody has waited for counts as gone). A process id alone
 * says nothing after a restart of the machine: another program may have it by then. On Windows, where only the id is asked for, `''`.
 */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined
  if (process.platform === 'win32') return ''
  const text =
    process.platform === 'linux'
      ? await readFile(`/proc/${pid}/cmdline`, 'utf8').then(
          (words) => words.replaceAll('\0', ' '),
          () => '',
        )
      : (await run('ps', ['-o', 'command=', '-p', String(pid)])).output
  return text.trim() === '' ? undefined : text
}

/** Bytes of memory that a process holds at the moment, where the system says so. */
export async function memoryOf(pid: number): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    return kilobytes(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1])
  }
  return kilobytes((await run('ps', ['-o', 'rss=', '-p', String(pid)])).output.trim())
}

function kilobytes(text: string | undefined): number | undefined {
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text) * 1024
}
