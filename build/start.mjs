// npm start: installs and builds what is missing, runs the first example and says what to try next.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { bootstrap, root, run, runScript, say } from './bootstrap.mjs'

const EXAMPLE = 'pipeline-runtime/examples/purchases-per-country.millrace.json'

const next = () => `
What next:
  npx --no-install millrace run ${EXAMPLE} --until-end --json
      the same rows as JSON lines
  npx --no-install millrace run ${anotherExample()} --until-end
      another question of the gallery
  npx --no-install millrace test pipeline-runtime/examples/*.millrace.json
      the tests that stand in the documents
  npx --no-install millrace --help
      every command
The guide starts at docs/guide/first-run.md.`

function anotherExample() {
  const folder = path.posix.dirname(EXAMPLE)
  const files = readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.millrace.json'))
  return `${folder}/${files.sort().find((file) => !EXAMPLE.endsWith(file)) ?? path.posix.basename(EXAMPLE)}`
}

await runScript(async () => {
  await bootstrap()
  say(`$ millrace run ${EXAMPLE} --until-end`)
  const code = await run(process.execPath, ['build/millrace.mjs', 'run', EXAMPLE, '--until-end'])
  if (code === 0) say(next())
  return code
})
