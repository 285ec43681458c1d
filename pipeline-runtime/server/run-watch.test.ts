import { expect, test } from 'vitest'
import { Operations } from '../operations/operations.ts'
import { exampleSpec, openTestRuntime } from './test-runtime.contract.ts'

test('runs of pages are told of to those who operate the process: the figures of the page, as metrics, and its lines in the log', async () => {
  const operations = new Operations('1')
  const logged: Record<string, unknown>[] = []
  const child = (fields: object) => {
    const line = (details: object, message: string) => logged.push({ ...fields, ...details, message })
    return { debug: line, info: line, warn: line, error: line }
  }
  const t = openTestRuntime({ watch: { operations, runLog: { child } } })
  try {
    const { runId } = await t.start(exampleSpec('purchases-per-country'), { stop: { type: 'end' } })
    const { state, figures } = await t.finish(runId)
    expect(state.type).toBe('ended')
    const text = await operations.text()
    const of = (metric: string, node: string) =>
      Number(new RegExp(`^millrace_${metric}\\{pipeline="Purchases per country",node="${node}"\\} (.+)$`, 'm').exec(text)?.[1])
    expect(figures?.nodes.length).toBeGreaterThan(3)
    for (const node of figures?.nodes ?? []) {
      expect(of('node_records_in_total', node.nodeId)).toBe(node.in)
      expect(of('node_records_out_total', node.nodeId)).toBe(node.out)
      expect(of('node_records_removed_total', node.nodeId)).toBe(node.removed)
      expect(of('node_records_late_total', node.nodeId)).toBe(node.late)
      expect(of('node_state_keys', node.nodeId)).toBe(node.stateKeys)
    }
    expect(text).toContain('millrace_run_state{pipeline="Purchases per country",state="ended"} 1')
    expect(text).toMatch(new RegExp(`millrace_run_info\\{.*run="${runId}".*identity="preview"\\} 1`))
    const about = { run: runId, pipeline: 'Purchases per country' }
    expect(logged).toContainEqual({ ...about, message: 'run started on sample data' })
    expect(logged).toContainEqual({
      ...about,
      node: 'purchases',
      topic: 'purchases',
      partition: 0,
      offset: 0,
      message: 'partition assigned',
    })
    // The page is spared what only operators ask for.
    const { lines } = await t.client.runs.logs({ runId, fromSeq: 0, limit: 100 })
    expect(lines.map(({ message }) => message)).not.toContain('partition assigned')
  } finally {
    await t.close()
  }
})
