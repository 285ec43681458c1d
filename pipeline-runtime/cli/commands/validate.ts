import { counted } from '../../data/counted.ts'
import { hasErrors } from '../../spec/issue.ts'
import { parseArguments, someFiles } from '../arguments.ts'
import { type Command, ExitCode } from '../command.ts'
import { readPipeline, sayIssues } from '../files.ts'

export const validateCommand: Command = {
  name: 'validate',
  usage: 'FILE... [--json]',
  summary: 'Checks documents and specs without running them and names everything that is wrong.',
  details: '  --json   one line {"file", "issues"} per file on stdout\n  Exit code 1 where there is an error; warnings do not count.',
  async run(args, output) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean' } })
    let invalid = false
    for (const file of someFiles(positionals)) {
      const { issues } = readPipeline(file)
      invalid ||= hasErrors(issues)
      if (values.json === true) await output.result(`${JSON.stringify({ file, issues })}\n`)
      else {
        sayIssues(output, file, issues)
        if (!hasErrors(issues))
          await output.result(`${file}: valid${issues.length === 0 ? '' : `, ${counted(issues.length, 'warning')}`}\n`)
      }
    }
    return invalid ? ExitCode.INVALID : ExitCode.DONE
  },
}
