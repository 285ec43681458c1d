import { expect, type Page } from '@playwright/test'
import { SOON } from './screen.ts'

/** Keeps everything that is told to screen readers from now on, each message by itself. */
export async function listenToReader(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard: string[] = []
    Reflect.set(window, 'heard', heard)
    for (const region of document.querySelectorAll('#say, #alarm')) {
      const take = (): void => {
        for (const { textContent } of region.childNodes) {
          const text = textContent?.trim() ?? ''
          if (text !== '') heard.push(text)
        }
      }
      new MutationObserver(take).observe(region, { childList: true })
    }
  })
}

/** Waits until something was told that was not waited for before; what came earlier is passed over. */
export async function expectSaid(page: Page, text: string | RegExp): Promise<string> {
  let found: string | undefined
  await expect
    .poll(async () => {
      const all = await heard(page)
      found = all.find((message) => (typeof text === 'string' ? message === text : text.test(message)))
      return found === undefined ? all : 'said'
    }, SOON)
    .toBe('said')
  if (found === undefined) throw new Error('unreachable: it was said')
  const said = found
  await page.evaluate((message) => {
    const messages: string[] = Reflect.get(window, 'heard')
    messages.splice(0, messages.indexOf(message) + 1)
  }, said)
  return said
}

async function heard(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => Reflect.get(window, 'heard'))
}
