import { kinds } from '../../nodes/catalog.ts'
import { readDocument } from '../../spec/read-document.ts'
import { writeDocument } from '../../spec/write-document.ts'
import { oneFile, parseArguments } from '../arguments.ts'
import { type Command, ExitCode } from '../command.ts'
import { readText, sayIssues, writeText } from '../files.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  usage: 'FILE [--write]',
  summary: 'Brings a document to the newest format, canonically written; prints it, or writes it back with --write.',
  async run(args, output) {
    const { values, positionals } = parseArguments(args, { write: { type: 'boolean' } })
    const file = oneFile(positionals)
    const text = readText(file)
    const { issues, document } = typeof text === 'string' ? readDocument(text, { kinds }) : { issues: [text], document: undefined }
    sayIssues(output, file, issues)
    if (document === undefined) return ExitCode.INVALID
    const migrated = writeDocument(document, { kinds })
    if (values.write !== true) await output.result(migrated)
    else if (migrated === text) output.say(`${file} is up to date.`)
    else {
      writeText(file, migrated)
      output.say(`${file} is written anew.`)
    }
    return ExitCode.DONE
  },
}
