import { openSpec } from '../../compiler/open.ts'
import { readSpec } from '../../compiler/read-spec.ts'
import { kinds } from '../../nodes/catalog.ts'
import { writeDocument } from '../../spec/write-document.ts'
import { oneFile, parseArguments } from '../arguments.ts'
import { type Command, ExitCode } from '../command.ts'
import { readText, sayIssues, writeText } from '../files.ts'

export const openCommand: Command = {
  name: 'open',
  usage: 'SPEC [-o FILE]',
  summary: 'Gives the document back from which a spec was compiled.',
  async run(args, output) {
    const { values, positionals } = parseArguments(args, { output: { type: 'string', short: 'o' } })
    const file = oneFile(positionals, 'SPEC')
    const text = readText(file)
    const { issues, spec } = typeof text === 'string' ? readSpec(text, { kinds }) : { issues: [text], spec: undefined }
    sayIssues(output, file, issues)
    if (spec === undefined) return ExitCode.INVALID
    const document = writeDocument(openSpec(spec, { kinds }), { kinds })
    if (values.output === undefined) await output.result(document)
    else writeText(values.output, document)
    return ExitCode.DONE
  },
}
