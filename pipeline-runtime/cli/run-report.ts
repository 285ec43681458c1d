import { nodeCounts } from '../runner/node-counts.ts'
import type { RunProgress, RunResult } from '../runner/run-options.ts'
import type { Spec } from '../spec/spec.ts'
import type { Logger } from './logging.ts'
import type { Output } from './output.ts'
import { createProgressLine, summaryLines } from './progress.ts'

const LOGGED_EVERY_MS = 10_000

/** What `millrace run` tells of the run: on a terminal, or as lines of the log. */
export interface RunReport {
  progress(progress: RunProgress): void
  /** Takes away what would be written over. */
  clear(): void
  summary(result: RunResult): void
}

export function runReport(spec: Spec, output: Output): RunReport {
  return output.log === undefined ? onTerminal(spec, output) : inLog(spec, output.log)
}

function onTerminal(spec: Spec, output: Output): RunReport {
  const line = createProgressLine(output)
  return {
    progress: line.show,
    clear: line.clear,
    summary(result) {
      for (const text of summaryLines(spec, result)) output.say(text)
    },
  }
}

function inLog(spec: Spec, log: Logger): RunReport {
  let loggedMs = 0
  return {
    progress({ elapsedMs, recordsIn, share }) {
      if (elapsedMs - loggedMs < LOGGED_EVERY_MS) return
      loggedMs = elapsedMs
      log.info({ records: recordsIn, elapsedMs, ...(share === undefined ? {} : { share }) }, 'progress')
    },
    clear() {},
    summary(result) {
      const nodes = nodeCounts(spec, result.metrics).map(({ nodeId, ...counts }) => ({ node: nodeId, ...counts }))
      log.info({ outcome: result.outcome, durationMs: result.durationMs, nodes }, 'summary')
    },
  }
}
