import type { LogLine } from '../rpc/run-state.ts'
import type { RunLog } from '../runner/run-options.ts'

const KEPT_LINES = 5_000

/** What a run says of itself, the newest lines. */
export class LogLines implements RunLog {
  total = 0
  private readonly kept: LogLine[] = []

  info(details: object, message: string): void {
    this.add('info', details, message)
  }

  warn(details: object, message: string): void {
    this.add('warn', details, message)
  }

  error(details: object, message: string): void {
    this.add('error', details, message)
  }

  /** From `fromSeq` on, or from the oldest line that is still kept. */
  from(fromSeq: number, limit: number): readonly LogLine[] {
    const first = this.total - this.kept.length
    const start = Math.max(0, fromSeq - first)
    return this.kept.slice(start, start + limit)
  }

  private add(level: LogLine['level'], details: object, message: string): void {
    this.kept.push({ seq: this.total++, timeMs: Date.now(), level, message, details: plain(details) })
    // In blocks, since taking away the first of many costs as much as all.
    if (this.kept.length >= KEPT_LINES + 500) this.kept.splice(0, this.kept.length - KEPT_LINES)
  }
}

/** As JSON has it: what crosses to the page holds no errors and no big integers. */
function plain(details: object): Readonly<Record<string, unknown>> {
  const entries = Object.entries(details).map(([name, value]): [string, unknown] => [
    name,
    value instanceof Error ? value.message : typeof value === 'bigint' ? value.toString() : value,
  ])
  return Object.fromEntries(entries)
}
