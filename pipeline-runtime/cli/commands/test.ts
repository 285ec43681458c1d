import { kinds } from '../../nodes/catalog.ts'
import { operators } from '../../nodes/operators.ts'
import type { RowDifference } from '../../runner/compare-rows.ts'
import { runDocumentTests } from '../../runner/document-tests.ts'
import { parseArguments, someFiles } from '../arguments.ts'
import { type Command, ExitCode } from '../command.ts'
import { readDocumentFile, sayIssues } from '../files.ts'

export const testCommand: Command = {
  name: 'test',
  usage: 'FILE...',
  summary: 'Runs the tests that stand in documents, on the real engine without any connection; a difference names node, row and column.',
  async run(args, output) {
    const { positionals } = parseArguments(args, {})
    let passed = 0
    let failed = 0
    let invalid = false
    for (const file of someFiles(positionals)) {
      const { issues, spec, document } = readDocumentFile(file)
      sayIssues(output, file, issues)
      if (spec === undefined || document === undefined) {
        invalid = true
        continue
      }
      if (document.tests.length === 0) output.say(`${file}: has no tests`)
      for (const { name, differences, failure } of runDocumentTests(spec, document.tests, { kinds, operators })) {
        const ok = differences.length === 0 && failure === undefined
        if (ok) passed++
        else failed++
        await output.result(`${ok ? 'ok    ' : 'FAILED'} ${file}: ${name}\n`)
        if (failure !== undefined) await output.result(`         ${failure}\n`)
        for (const { nodeId, difference } of differences) await output.result(`         ${nodeId}: ${inWords(difference)}\n`)
      }
    }
    await output.result(`${passed} passed, ${failed} failed\n`)
    return invalid ? ExitCode.INVALID : failed > 0 ? ExitCode.FAILED : ExitCode.DONE
  },
}

function inWords(difference: RowDifference): string {
  switch (difference.type) {
    case 'column':
      return `row ${difference.row}, column ${difference.column}: expected ${difference.expected}, got ${difference.actual}`
    case 'missing':
      return `row ${difference.row} is missing: ${difference.expected}`
    case 'unexpected':
      return `a row too many: ${difference.actual}`
  }
}
