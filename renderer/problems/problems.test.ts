import { describe, expect, it, test } from 'vitest'
import type { DocumentInput } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { testStudio } from '../test-studio.contract.ts'
import { applyIssueFix, goToIssue } from './apply-issue-fix.ts'
import { choosePolicy, policyChoices } from './error-policy.ts'
import { placeOfIssue } from './issue-place.ts'
import { issueText } from './issue-text.ts'
import { countText, problemList } from './problem-list.ts'

const document: DocumentInput = {
  format: 1,
  kinds: {},
  name: 'test',
  nodes: [
    {
      id: 'purchases',
      kind: 'kafka-source',
      title: 'Purchases',
      config: { connection: 'shop', topic: 'purchases', columns: [{ name: 'status', type: 'STRING' }] },
    },
    { id: 'paid', kind: 'filter', title: 'Only paid', config: { condition: 'status = "paid"' } },
    { id: 'table', kind: 'table-sink', config: {} },
    { id: 'lonely', kind: 'kafka-sink', config: { connection: 'shop' } },
  ],
  edges: [
    { from: 'purchases.out', to: 'paid.in' },
    { from: 'paid.out', to: 'table.in' },
  ],
}

function issueNamed(issues: readonly Issue[], code: string): Issue {
  const found = issues.find((issue) => issue.code === code)
  if (found === undefined) throw new Error(`No ${code} among ${issues.map((issue) => issue.code).join(', ')}.`)
  return found
}

describe('a fix', () => {
  it('mends the document in one step that can be undone', () => {
    const { studio, said } = testStudio(document)
    const issue = studio.compiled.getState().issues.find(({ nodeId, fix }) => nodeId === 'paid' && fix !== undefined)
    if (issue === undefined) expect.fail('no fix offered')
    applyIssueFix(studio, issue)
    const { document: mended, undo } = studio.documents.getState()
    expect(mended.nodes[1]?.config).toEqual({ condition: "status = 'paid'" })
    expect(undo).toHaveLength(1)
    expect(undo[0]).toMatchObject({ label: "write 'paid'", focus: { type: 'node', id: 'paid' } })
    expect(said.at(-1)).toBe("Done: write 'paid'")
    expect(studio.compiled.getState().issues.some(({ nodeId }) => nodeId === 'paid')).toBe(false)
    studio.documents.undo()
    expect(studio.documents.getState().document.nodes[1]?.config).toEqual({ condition: 'status = "paid"' })
  })

  it('that would make no document of it leaves the document alone and says so', () => {
    const { studio, said } = testStudio(document)
    const before = studio.documents.getState().document
    applyIssueFix(studio, {
      code: 'X',
      severity: 'error',
      path: '',
      message: '',
      fix: { title: 'Break it', edits: [{ path: '/nodes', value: 7 }] },
    })
    expect(studio.documents.getState().document).toBe(before)
    expect(said.at(-1)).toContain('does not fit any more')
  })
})

describe('going to a problem', () => {
  it('selects the step and focuses the field, at the place in the text', () => {
    const { studio, fields } = testStudio(document)
    const issue = studio.compiled.getState().issues.find(({ nodeId, range }) => nodeId === 'paid' && range !== undefined)
    if (issue === undefined) expect.fail('no place in the text')
    const revealed: string[] = []
    studio.focus.onReveal((region) => revealed.push(region))
    goToIssue(studio, issue)
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'paid' })
    expect(revealed).toEqual(['inspector'])
    expect(fields).toEqual([{ nodeId: 'paid', path: ['condition'], range: issue.range }])
  })

  it('leads to the canvas where a link is missing', () => {
    const { studio, fields } = testStudio(document)
    let taken = 0
    studio.focus.register('canvas', () => taken++)
    goToIssue(studio, { code: 'UNCONNECTED_INPUT', severity: 'error', nodeId: 'table', path: '/nodes/2', message: '' })
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'table' })
    expect([taken, fields]).toEqual([1, []])
  })

  it.each([
    ['/nodes/1/config/aggregates/0/of', { item: { type: 'node', id: 'paid' }, path: ['aggregates', 0, 'of'] }],
    ['/nodes/1/kind', { item: { type: 'node', id: 'paid' }, path: [] }],
    ['/edges/1', { item: { type: 'edge', edge: { from: 'paid.out', to: 'table.in' } }, path: undefined }],
    ['/edges/9', { item: undefined, path: undefined }],
    ['/timeZone', { item: undefined, path: ['timeZone'] }],
    ['/start/time', { item: undefined, path: ['start', 'time'] }],
    ['', { item: undefined, path: undefined }],
  ])('%s', (path, place) => {
    const { studio } = testStudio(document)
    const issue = { code: 'X', severity: 'error' as const, path, message: '' }
    expect(placeOfIssue(studio.documents.getState().document, issue)).toEqual(place)
  })
})

describe('the words of a problem', () => {
  it('are those of the screen', () => {
    const { studio } = testStudio(document)
    const { issues, document: compiled } = studio.compiled.getState()
    expect(issueText(compiled, issueNamed(issues, 'MISSING_FIELD'))).toBe('Topic is not set yet.')
    for (const issue of issues) expect(issueText(compiled, issue)).not.toMatch(/\b(nodes?|edges?|ports?|issues?)\b/)
  })

  it('name steps by their titles and leave quoted words alone', () => {
    const { studio } = testStudio(document)
    const of = (message: string): string =>
      issueText(studio.documents.getState().document, { code: 'X', severity: 'error', path: '', message })
    expect(of('paid.out has no out port "node". Remove the edge.')).toBe('"Only paid" has no connection point "node". Remove the link.')
    expect(of('"Every" (sizeMs) has to be at least 1, not 0.')).toBe('"Every" has to be at least 1, not 0.')
    expect(of('Write to orders.csv as before.')).toBe('Write to orders.csv as before.')
    studio.documents.act({ label: 'rename', changes: [{ type: 'set-title', nodeId: 'paid', title: 'edge nodes' }] })
    expect(of('paid.out has two edges.')).toBe('"edge nodes" has two links.')
  })
})

describe('the list', () => {
  const issue = (severity: Issue['severity'], message: string): Issue => ({ code: 'X', severity, path: '', message })
  it('has errors before warnings, each with a key of its own', () => {
    const problems = problemList([issue('warning', 'w'), issue('error', 'e'), issue('error', 'e')], undefined, 'd')
    expect(problems.map((problem) => problem.type === 'issue' && problem.issue.severity)).toEqual(['error', 'error', 'warning'])
    expect(new Set(problems.map(({ key }) => key)).size).toBe(3)
    expect(countText(problems)).toBe('2 errors, 1 warning')
    expect(countText([])).toBe('No problems.')
  })
})

test('after a failure the step can go on another way, as far as it has a setting for that', () => {
  const { studio } = testStudio(document)
  const current = () => studio.documents.getState().document
  expect(policyChoices(current(), 'table')).toEqual([])
  const choices = policyChoices(current(), 'paid')
  expect(choices.map(({ title }) => title)).toEqual(['Skip it and count it', 'Set it aside'])
  const [, setAside] = choices
  if (setAside === undefined) expect.fail('no choice')
  choosePolicy(studio, 'paid', setAside)
  expect(current().nodes[1]?.config.onError).toBe('dead-letter')
  // What is set aside has to be connected: the next problem says so.
  const unwired = issueNamed(studio.compiled.getState().issues, 'UNCONNECTED_OUTPUT')
  expect(issueText(current(), unwired)).toContain('"Set aside"')
  expect(policyChoices(current(), 'paid').map(({ title }) => title)).toEqual(['Skip it and count it'])
})
