import type { Page } from '@playwright/test'
import { expect, oneRuntimePid, test } from './desktop-app.ts'
import { copyOfExample, edit, run } from './documents.ts'

interface PortNews {
  readonly port: string
  readonly reason: string | undefined
  readonly atMs: number
}

test('a runtime that is killed: the page hears why and has a new one', async ({ app: { electron, page } }) => {
  const pid = await oneRuntimePid(electron)
  await collectPortNews(page)
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => (await portNews(page)).map(({ port }) => port)).toEqual(['lost', 'runtime'])
  const [lost] = await portNews(page)
  expect(lost?.reason).toBe('The engine was ended by the signal SIGKILL.')
  await oneRuntimePid(electron, [pid])
})

test('one that dies again and again is started ever more rarely, and still comes back', async ({ app: { electron, page } }) => {
  await collectPortNews(page)
  const killed: number[] = []
  while (killed.length < 3) {
    const pid = await oneRuntimePid(electron, killed)
    process.kill(pid, 'SIGKILL')
    killed.push(pid)
    await expect.poll(async () => (await portNews(page)).filter(({ port }) => port === 'runtime').length).toBe(killed.length)
  }
  const news = await portNews(page)
  const waits = news.flatMap(({ port, atMs }, index) => (port === 'runtime' ? [atMs - (news[index - 1]?.atMs ?? 0)] : []))
  expect(waits).toHaveLength(3)
  expect(waits[2]).toBeGreaterThan(Math.max(1500, waits[0] ?? Infinity))
})

/** Keeps what the main process says about ports, with the time. */
function collectPortNews(page: Page): Promise<void> {
  return page.evaluate(() => {
    const news: unknown[] = []
    Reflect.set(window, 'portNews', news)
    window.addEventListener('message', ({ data }) => news.push({ port: data.millracePort, reason: data.reason, atMs: Date.now() }))
  })
}

function portNews(page: Page): Promise<readonly PortNews[]> {
  return page.evaluate(() => Reflect.get(window, 'portNews'))
}

test('on the screen: why, at once; the document as it was; and Run works again', async ({ launch, folder }) => {
  const { electron, page } = await launch({ files: [copyOfExample(folder, 'spend.millrace.json')] })
  await run(page)
  await edit(page)
  const before = await outline(page)
  process.kill(await oneRuntimePid(electron), 'SIGKILL')
  await expect(page.locator('#root')).toContainText('SIGKILL')
  expect(await outline(page)).toBe(before)
  await expect(page.locator('#alarm')).toContainText('engine')
  await run(page)
})

/** What the canvas shows, by its name: steps and links. */
async function outline(page: Page): Promise<string | null> {
  return page.getByRole('application').getAttribute('aria-label')
}
