import type { LogLine } from '../../pipeline-runtime/rpc/run-state.ts'
import { formatDateTime } from '../format/times.ts'

export type LogLevel = LogLine['level']

export interface LogFilter {
  /** `warn`: warnings and errors. */
  readonly least: LogLevel
  readonly text: string
}

const rank: Readonly<Record<LogLevel, number>> = { info: 0, warn: 1, error: 2 }

export const levelWords: Readonly<Record<LogLevel, string>> = { info: 'Info', warn: 'Warning', error: 'Error' }

export function filterLines(lines: readonly LogLine[], { least, text }: LogFilter): readonly LogLine[] {
  const wanted = text.trim().toLowerCase()
  if (least === 'info' && wanted === '') return lines
  return lines.filter((line) => rank[line.level] >= rank[least] && (wanted === '' || searched(line).toLowerCase().includes(wanted)))
}

/** The step that a line is about. */
export function stepOfLine({ details }: LogLine): string | undefined {
  const node = details.nodeId ?? details.node
  return typeof node === 'string' ? node : undefined
}

export function detailLines({ details }: LogLine): string[] {
  return Object.entries(details).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
}

/** For the clipboard: a line each, details behind it. */
export function logText(lines: readonly LogLine[], timeZone: string): string {
  return lines
    .map((line) => [formatDateTime(line.timeMs, timeZone), levelWords[line.level], line.message, ...detailLines(line)].join('\t'))
    .join('\n')
}

function searched(line: LogLine): string {
  return [line.message, ...detailLines(line)].join(' ')
}
