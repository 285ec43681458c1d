import { nodeCounts } from '../runner/node-counts.ts'
import type { RunProgress, RunResult } from '../runner/run-options.ts'
import type { Spec } from '../spec/spec.ts'
import type { Output } from './output.ts'

export interface ProgressLine {
  show(progress: RunProgress): void
  clear(): void
}

/** One line that is written over on a terminal; elsewhere a line every ten seconds. */
export function createProgressLine(output: Output): ProgressLine {
  let shown = false
  let lastLineMs = 0
  return {
    show({ elapsedMs, recordsIn, share }) {
      const rate = elapsedMs > 0 ? Math.round((recordsIn / elapsedMs) * 1000) : 0
      const text = `${share === undefined ? '' : `${Math.floor(share * 100)} % · `}${grouped(recordsIn)} records · ${grouped(rate)}/s · ${seconds(elapsedMs)}`
      if (output.errors.isTTY === true) {
        output.errors.write(`\r\u001b[K${text}`)
        shown = true
      } else if (elapsedMs - lastLineMs >= 10_000) {
        lastLineMs = elapsedMs
        output.say(text)
      }
    },
    clear() {
      if (shown) output.errors.write('\r\u001b[K')
      shown = false
    },
  }
}

/** The final table: rows in, out, removed, late and errors of each node. */
export function summaryLines(spec: Spec, result: RunResult): string[] {
  const header = ['', 'in', 'out', 'removed', 'late', 'errors', 'set aside', 'skipped']
  const rows = nodeCounts(spec, result.metrics).map((node) => {
    const numbers = [node.in, node.out, node.removed, node.late, node.errors, node.setAside, node.skipped]
    return [node.nodeId, ...numbers.map(grouped)]
  })
  const widths = header.map((name, i) => Math.max(name.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join('  ')
  const ending = result.outcome === 'stopped' ? 'Stopped' : 'Done'
  return [line(header), ...rows.map(line), `${ending} after ${seconds(result.durationMs)}.`]
}

function grouped(value: number): string {
  return value.toLocaleString('en')
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
