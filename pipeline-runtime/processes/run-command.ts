import { execFile } from 'node:child_process'

export type CommandResult = { kind: 'ok' | 'failed'; output: string } | { kind: 'missing'; output: string }

/** Runs a command to its end and takes stdout and stderr together; a command that is not there is a result, not a throw. */
export function run(command: string, args: readonly string[], options: { shell?: boolean } = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(command, args, { maxBuffer: 16 << 20, windowsHide: true, shell: options.shell ?? false }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`
      if (error === null) resolve({ kind: 'ok', output })
      else if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ kind: 'missing', output: error.message })
      else resolve({ kind: 'failed', output: output === '' ? error.message : output })
    })
  })
}
