import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checkOrders } from '../e2e/check-orders.ts'
import { millrace } from '../e2e/command-line.ts'
import { expected, ordersDocument, writeCsv, writeJsonLines } from '../e2e/orders-files.ts'

/** `npm run bench:files`: a million rows of each format through filter, select and window; exact results, CPU seconds and peak memory. */
const COUNT = Number(process.env.MILLRACE_BENCH_ROWS ?? 1_000_000)

// The run prints what the operating system counted for it as its last line.
const ACCOUNT =
  "process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\nUSAGE '+JSON.stringify({cpu:(u.userCPUTime+u.systemCPUTime)/1e6,rss:u.maxRSS/1024})+'\\n')})"

test.each([
  ['json', 'orders.jsonl', writeJsonLines],
  ['csv', 'orders.csv', writeCsv],
] as const)('%s', { timeout: 600_000 }, async (format, file, write) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-bench-'))
  try {
    write(path.join(folder, file), COUNT)
    writeFileSync(path.join(folder, 'bench.millrace.json'), JSON.stringify(ordersDocument(format, file)))
    const finished = await millrace(['run', 'bench.millrace.json'], {
      cwd: folder,
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(ACCOUNT)}` },
    })
    expect(finished.code, finished.stderr).toBe(0)
    const [result = '', late = '', broken = ''] = ['result', 'late', 'broken'].map((sink) =>
      readFileSync(path.join(folder, `orders.${format}.${sink}.jsonl`), 'utf8'),
    )
    checkOrders(expected(COUNT), { result, late, broken })
    const usage = JSON.parse(/USAGE (.*)/.exec(finished.stderr)?.[1] ?? '{}') as { cpu: number; rss: number }
    const megabytes = statSync(path.join(folder, file)).size / 1e6
    console.log(
      `${format}: ${COUNT} rows, ${megabytes.toFixed(0)} MB, exact; ${usage.cpu.toFixed(2)} CPU s, peak memory ${usage.rss.toFixed(0)} MB, load ${os.loadavg()[0]?.toFixed(1)}`,
    )
    expect(usage.rss).toBeLessThan(300)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
