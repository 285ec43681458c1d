import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** A `millrace serve` of its own, on a folder of its own. */
export interface Server {
  /** With the token. */
  readonly address: string
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly port: number
  /** Where the documents are. */
  readonly folder: string
  /** What it said to the person at the screen. */
  said(): string
  /** As Ctrl+C. Resolves with the exit code. */
  stop(): Promise<number | null>
}

export async function startServer(folder: string, options: readonly string[] = ['--port', '0']): Promise<Server> {
  const dataDir = path.join(folder, '../data')
  const args = [path.join(ROOT, 'build/millrace.mjs'), 'serve', folder, '--data-dir', dataDir, ...options]
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
  const address = await firstLine(child, texts)
  const { origin, port } = new URL(address)
  return {
    address,
    origin,
    port: Number(port),
    folder,
    said: () => texts.err,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGINT')
        await once(child, 'close')
      }
      return child.exitCode
    },
  }
}

async function firstLine(child: ChildProcess, texts: { readonly out: string; readonly err: string }): Promise<string> {
  let over = false
  child.once('close', () => (over = true))
  for (const started = Date.now(); Date.now() - started < 20_000; ) {
    const line = /^(http\S+)\n/.exec(texts.out)?.[1]
    if (line !== undefined) return line
    if (over) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  if (!over) child.kill('SIGKILL')
  throw new Error(`millrace serve printed no address:\n${texts.out}${texts.err}`)
}
