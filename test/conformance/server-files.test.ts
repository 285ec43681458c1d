import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ExitCode } from '../../pipeline-runtime/cli/command.ts'
import { commands } from '../../pipeline-runtime/cli/commands.ts'

// What is given for servers (Dockerfile, compose file, systemd unit) uses commands, options, files and exit codes that are there.

const folder = fileURLToPath(new URL('../../build/package/', import.meta.url))
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')

/** Options in a command line that the command does not name in its help. */
function unknownOptions(commandLine: string): string[] {
  const [, name] = /\b(run|serve|feed)\b/.exec(commandLine) ?? []
  const command = commands.find((candidate) => candidate.name === name)
  if (command === undefined) return [`no command in: ${commandLine}`]
  const known = new Set(`${command.usage} ${command.details ?? ''}`.match(/--[a-z-]+/g))
  return (commandLine.match(/--[a-z-]+/g) ?? []).filter((option) => !known.has(option))
}

/** The text of one service of the compose file. */
function service(name: string): string {
  const [, text = ''] = new RegExp(`^  ${name}:\\n((?:    .*\\n|\\n)+)`, 'm').exec(read('compose.yaml')) ?? []
  return text
}

test('the check finds an option that is not there', () => {
  expect(unknownOptions('millrace run a.json --metrics-port 1 --metric-port 2')).toEqual(['--metric-port'])
})

test('compose.yaml runs commands that are there, as the health check expects, and mounts what is there', () => {
  for (const name of ['run', 'serve', 'feed']) {
    expect(service(name), name).toContain('<<: *millrace')
    const [commandLine = ''] = /command:[\s\S]*?(?=\n {4}\S)/.exec(service(name)) ?? []
    expect(unknownOptions(commandLine)).toEqual([])
    if (name !== 'feed') expect(commandLine).toMatch(/--metrics-port=9464[\s\S]*--metrics-host=0\.0\.0\.0/)
  }
  const mounted = Array.from(read('compose.yaml').matchAll(/'(?:\$\{MILLRACE_DOCUMENTS:-)?(\.[\w./-]+)\}?:/g), ([, source = '']) => source)
  expect(mounted).toHaveLength(5)
  expect(mounted.filter((source) => !existsSync(path.join(folder, source)))).toEqual([])
  expect(existsSync(path.join(folder, '../../pipeline-runtime/examples/purchases-per-country.millrace.json'))).toBe(true)
})

test('the image runs what package.json calls millrace, not as root, and asks for its health', () => {
  const dockerfile = read('Dockerfile')
  const { bin } = JSON.parse(readFileSync(path.join(folder, '../../package.json'), 'utf8')) as { bin: { millrace: string } } // our own file
  expect(dockerfile).toContain(`/opt/millrace/${bin.millrace} /usr/local/bin/millrace`)
  expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m)
  expect(dockerfile).toMatch(/^HEALTHCHECK .*\n.*9464\/healthz/m)
  const bases = Array.from(dockerfile.matchAll(/^FROM (\S+)/gm), ([, image]) => image)
  expect(bases).toEqual(['node:20-slim', 'node:20-slim'])
  for (const [, sources = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm))
    for (const source of sources.split(' ')) expect(existsSync(path.join(folder, '../..', source)), source).toBe(true)
  // What is kept out of the build is not asked for in it.
  expect(read('Dockerfile.dockerignore').split('\n')).toEqual(expect.arrayContaining(['node_modules', 'dist', '.git']))
})

test('the systemd unit starts a command that is there and knows its exit codes', () => {
  const unit = read('millrace@.service')
  const [, start = ''] = /^ExecStart=(.*)$/m.exec(unit) ?? []
  expect(unknownOptions(start)).toEqual([])
  expect(unit).toContain(`SuccessExitStatus=${ExitCode.INTERRUPTED}\n`)
  expect(unit).toContain(`RestartPreventExitStatus=${ExitCode.INVALID} ${ExitCode.USAGE}\n`)
})

test('the page about servers uses options that are there', () => {
  const page = readFileSync(path.join(folder, '../../docs/guide/run-on-a-server.md'), 'utf8')
  const lines = page
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => /(?:^millrace |millrace +)(run .*)$/.exec(line)?.[1])
  const commandLines = lines.filter((line) => line !== undefined && !line.includes('--rm'))
  expect(commandLines.length).toBeGreaterThanOrEqual(3)
  expect(commandLines.flatMap((line) => unknownOptions(line ?? ''))).toEqual([])
})
