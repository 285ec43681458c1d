import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** Figures of a step, named as the command line names them. */
export interface Summed {
  readonly in: number
  readonly out: number
  readonly removed: number
  readonly late: number
  readonly errors: number
  readonly 'set aside': number
  readonly skipped: number
}

/** The table with which `millrace run FILE --until-end` ends, by step. */
export async function summaryOf(file: string): Promise<ReadonlyMap<string, Summed>> {
  const args = [path.join(ROOT, 'build/millrace.mjs'), 'run', path.basename(file), '--from', 'earliest', '--until-end']
  const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: path.dirname(file), maxBuffer: 64 << 20 })
  const lines = stderr.trimEnd().split('\n')
  const header = lines.findIndex((line) => /^\s+in\s+out\s+removed\s+late\s+errors\s+set aside\s+skipped$/.test(line))
  const end = lines.findIndex((line) => line.startsWith('Done after'))
  if (header < 0 || end < header) throw new Error(`There is no summary:\n${stderr}`)
  return new Map(lines.slice(header + 1, end).map((line) => figuresIn(line)))
}

function figuresIn(line: string): [string, Summed] {
  const [node = '', ...cells] = line.trim().split(/\s+/)
  const [read = 0, out = 0, removed = 0, late = 0, errors = 0, setAside = 0, skipped = 0] = cells.map((cell) =>
    Number(cell.replaceAll(',', '')),
  )
  return [node, { in: read, out, removed, late, errors, 'set aside': setAside, skipped }]
}
