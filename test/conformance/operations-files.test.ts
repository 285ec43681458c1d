import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { METRICS, type MetricDefinition, PROCESS_METRICS } from '../../pipeline-runtime/operations/metric-list.ts'

// Alert rules and dashboard name metrics and labels that are there, and each alert has its place on the page and a test of its own.

const read = (name: string) => readFileSync(new URL(`../../docs/operations/${name}`, import.meta.url), 'utf8')

const definitions: ReadonlyMap<string, MetricDefinition> = new Map(
  Object.values(METRICS).map((definition) => [definition.name, definition]),
)
/** Prometheus puts these there itself. */
const SCRAPED = ['up', 'job', 'instance']

function definitionOf(name: string): MetricDefinition | undefined {
  return definitions.get(name) ?? definitions.get(name.replace(/_(bucket|sum|count)$/, ''))
}

/** What is wrong with a query: metrics that are not there, labels that a metric does not have. */
function wrongIn(query: string): string[] {
  const names = [...query.matchAll(/\b((?:millrace|process|nodejs)_[a-z0-9_]+)(?:\{([^}]*)\})?/g)]
  return names.flatMap(([, name = '', matchers = '']) => {
    const isOfProcess = name in PROCESS_METRICS || name.replace(/_(bucket|sum|count)$/, '') in PROCESS_METRICS
    const definition = definitionOf(name)
    if (definition === undefined && !isOfProcess) return [`${name} is not there`]
    const labels = Array.from(matchers.matchAll(/([a-z_]+)\s*(?:=~|!~|!=|=)/g), ([, label = '']) => label)
    return labels
      .filter((label) => !SCRAPED.includes(label) && definition?.labels.includes(label) !== true)
      .map((label) => `${name} has no label ${label}`)
  })
}

test('the check finds what is wrong', () => {
  expect(wrongIn('sum(rate(millrace_node_records_in_total{pipeline="x"}[5m]))')).toEqual([])
  expect(wrongIn('sum(rate(millrace_node_records_in{pipeline="x"}[5m]))')).toEqual(['millrace_node_records_in is not there'])
  expect(wrongIn('millrace_run_state{topic="x"}')).toEqual(['millrace_run_state has no label topic'])
  expect(wrongIn('process_cpu_seconds{job="x"}')).toEqual(['process_cpu_seconds is not there'])
})

test('the dashboard names metrics and labels that are there; its panels have titles, words and ids of their own', () => {
  const { panels } = JSON.parse(read('dashboard.json')) as {
    readonly panels: readonly {
      readonly id: number
      readonly type: string
      readonly title: string
      readonly description?: string
      readonly targets?: readonly { readonly expr: string }[]
    }[]
  }
  const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
  expect(queries.length).toBeGreaterThan(30)
  expect(queries.flatMap(wrongIn)).toEqual([])
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  for (const { type, title, description } of panels) {
    expect(title).not.toBe('')
    if (type !== 'row') expect(description, title).toMatch(/\.$/)
  }
  // All that is documented of runs can be seen there.
  const shown = new Set(
    queries.flatMap((query) => Array.from(query.matchAll(/\bmillrace_[a-z0-9_]+/g), ([name]) => definitionOf(name)?.name)),
  )
  const hidden = [METRICS.nodeInfo, METRICS.runStart, METRICS.runTurn].map(({ name }) => name)
  expect([...definitions.keys()].filter((name) => !shown.has(name)).sort()).toEqual(hidden.sort())
})

test('alert rules name metrics and labels that are there; each has a test and is on the page', () => {
  const rules = read('alerts.yml')
  const code = rules.replaceAll(/^\s*(#.*|summary:.*|description:.*)$/gm, '')
  expect(wrongIn(code)).toEqual([])
  const alerts = Array.from(rules.matchAll(/- alert: (\w+)/g), ([, name]) => name)
  expect(alerts).toHaveLength(14)
  const tested = Array.from(read('alerts.test.yml').matchAll(/alertname="(\w+)"/g), ([, name]) => name)
  const explained = Array.from(read('alerts.md').matchAll(/^\| `(Millrace\w+)` \|/gm), ([, name]) => name)
  expect(new Set(tested)).toEqual(new Set(alerts))
  expect(explained).toEqual(alerts)
})
