import { expect, type Locator, type Page } from '@playwright/test'
import { canvas, port } from './screen.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/** Drags a kind of step from the palette onto the canvas; `at` is the middle of the new card, from the canvas' corner. */
export async function dragFromPalette(page: Page, kind: string, at: Point): Promise<void> {
  const entry = page.getByRole('region', { name: 'Left panel' }).getByRole('button', { name: new RegExp(`^${kind}`) })
  await entry.dragTo(canvas(page), { targetPosition: at })
}

async function middleOf(target: Locator): Promise<Point> {
  const box = await target.boundingBox()
  if (box === null) throw new Error(`${target} is not on the screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Presses at a port and holds the link over another one. */
export async function holdLink(
  page: Page,
  from: readonly [nodeId: string, port: string],
  to: readonly [nodeId: string, port: string],
): Promise<void> {
  const start = await middleOf(port(page, ...from))
  const end = await middleOf(port(page, ...to))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 })
  await page.mouse.move(end.x, end.y, { steps: 4 })
}

/** Draws a link from port to port; the port shows that it may end there. */
export async function drawLink(
  page: Page,
  from: readonly [nodeId: string, port: string],
  to: readonly [nodeId: string, port: string],
): Promise<void> {
  await holdLink(page, from, to)
  await expect(port(page, ...to)).toHaveAttribute('data-target', 'ok')
  await page.mouse.up()
}

export async function dragBy(page: Page, target: Locator, by: Point): Promise<void> {
  const { x, y } = await middleOf(target)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + by.x / 2, y + by.y / 2, { steps: 4 })
  await page.mouse.move(x + by.x, y + by.y, { steps: 4 })
  await page.mouse.up()
}
