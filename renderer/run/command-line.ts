import { suggestedFileName } from '../files/document-name.ts'
import type { DocumentState } from '../state/document-store.ts'
import type { RunSettings } from '../state/run-store.ts'

/** `millrace run shop.millrace.json --target shop --until-end`, as a shell takes it. */
export function startCommandLine({ place, document }: DocumentState, { target, start, stop }: RunSettings): string {
  const file = place?.path ?? suggestedFileName(document.name)
  const words = ['millrace', 'run', quoted(file), '--target', target.type === 'kafka' ? quoted(target.config.bootstrap) : target.type]
  const from = start ?? document.start
  const until = stop ?? document.stop
  if (from.type === 'time') words.push('--from', from.time)
  else if (from.type === 'last') words.push('--from', `-${durationOption(from.lastMs)}`)
  else if (from.type !== document.start.type) words.push('--from', from.type)
  if (until.type === 'time') words.push('--to', until.time)
  else if (until.type === 'end') words.push('--until-end')
  return words.join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function durationOption(ms: number): string {
  for (const [unit, length] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const)
    if (ms % length === 0) return `${ms / length}${unit}`
  return `${ms}ms`
}
