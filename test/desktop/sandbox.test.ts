import { cpSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { _electron } from '@playwright/test'
import { expect, expectScreen, test } from './desktop-app.ts'
import { ordinaryStart, playwrightLoader } from './ordinary-user.ts'

test.skip(process.platform !== 'linux', 'Only Linux has users without a sandbox.')

test('an ordinary user has the real sandbox around the page, and a pipeline runs in it', async ({ folder }) => {
  const { executable, app, env } = ordinaryStart(folder)
  const loader = path.join(folder, 'loader.js')
  cpSync(playwrightLoader(), loader)
  const electron = await _electron.launch({
    executablePath: executable,
    chromiumSandbox: true,
    args: ['-r', loader, '--disable-gpu', '--log-level=3', `--user-data-dir=${path.join(folder, 'user')}`, app],
    env: { ...(process.env as Record<string, string>), ...env, MILLRACE_DATA_DIR: path.join(folder, 'data') },
  })
  try {
    const page = await electron.firstWindow()
    await expectScreen(page)
    const metrics = await electron.evaluate(({ app: running }) => ({
      switches: process.argv,
      pages: running.getAppMetrics().flatMap(({ type, pid }) => (type === 'Tab' ? [pid] : [])),
      user: process.getuid?.(),
    }))
    expect(metrics.switches.filter((arg) => arg.includes('no-sandbox'))).toEqual([])
    expect(metrics.user).not.toBe(0)
    expect(metrics.pages).toHaveLength(1)
    // A process in the sandbox may make few calls of the system (a filter of its own, mode 2) and can gain no rights.
    const status = readFileSync(`/proc/${metrics.pages[0]}/status`, 'utf8')
    expect(status).toMatch(/^Seccomp:\s+2$/m)
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
    await page.getByText('What does each country spend, minute by minute?').click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Stop', exact: true }).first()).toBeVisible()
  } finally {
    const ended = new Promise((resolve) => electron.process().once('exit', resolve))
    await electron.evaluate(({ app: running }) => running.exit(0)).catch(() => undefined)
    await ended
  }
})
