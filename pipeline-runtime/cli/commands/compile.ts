import { writeSpec } from '../../compiler/read-spec.ts'
import { oneFile, parseArguments } from '../arguments.ts'
import { type Command, ExitCode } from '../command.ts'
import { readDocumentFile, sayIssues, writeText } from '../files.ts'

export const compileCommand: Command = {
  name: 'compile',
  usage: 'FILE [-o SPEC]',
  summary: 'Makes the spec of a document: what the runtime takes.',
  async run(args, output) {
    const { values, positionals } = parseArguments(args, { output: { type: 'string', short: 'o' } })
    const file = oneFile(positionals)
    const { issues, spec } = readDocumentFile(file)
    sayIssues(output, file, issues)
    if (spec === undefined) return ExitCode.INVALID
    const text = writeSpec(spec)
    if (values.output === undefined) await output.result(text)
    else writeText(values.output, text)
    return ExitCode.DONE
  },
}
