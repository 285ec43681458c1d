import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePorts } from '../../pipeline-runtime/local-kafka/free-ports.ts'
import { until } from './kafka-fixture.ts'

/** One value of an instant query. */
export interface PrometheusSample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Prometheus {
  query(expression: string): Promise<readonly PrometheusSample[]>
  /** Names of all metrics that it holds. */
  names(): Promise<ReadonlySet<string>>
  stop(): Promise<void>
}

/** A real Prometheus of this machine that scrapes one target, several times a second so that tests are quick. */
export async function startPrometheus(folder: string, target: string): Promise<Prometheus> {
  mkdirSync(folder, { recursive: true })
  const config = path.join(folder, 'prometheus.yml')
  writeFileSync(
    config,
    `scrape_configs:\n  - job_name: millrace\n    scrape_interval: 250ms\n    scrape_timeout: 250ms\n    static_configs:\n      - targets: ['${target}']\n`,
  )
  const [port = 0] = await freePorts(1)
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const failed = new Promise<never>((_, reject) => {
    child.on('error', (error) => reject(new Error(`Prometheus does not start (Debian package prometheus): ${error.message}`)))
  })
  const get = async (address: string): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${address}`)
    const answer = (await response.json()) as { status: string; error?: string; data: unknown } // Prometheus' HTTP API.
    if (answer.status !== 'success') throw new Error(`${address}: ${answer.error}`)
    return answer.data
  }
  await Promise.race([until(async () => (await fetch(`http://127.0.0.1:${port}/-/ready`)).ok, 30_000), failed])
  return {
    async query(expression) {
      const data = (await get(`/api/v1/query?query=${encodeURIComponent(expression)}`)) as {
        readonly result: readonly { readonly metric: Record<string, string>; readonly value: readonly [number, string] }[]
      }
      return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }))
    },
    async names() {
      return new Set((await get('/api/v1/label/__name__/values')) as readonly string[])
    },
    stop: () => stopped(child),
  }
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
