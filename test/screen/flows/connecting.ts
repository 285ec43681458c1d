import { expect, type Page } from '@playwright/test'
import { drawLink, holdLink } from '../mouse.ts'
import { expectSaid, listenToReader } from '../said.ts'
import { expectCount, openQuestion, port, type Screen } from '../screen.ts'
import { FIRST_QUESTION } from './gallery.ts'

type End = readonly [nodeId: string, port: string]

/** Links that cannot be say why while the mouse is still held, and are not drawn. */
export async function refuseImpossibleLinks({ page }: Screen): Promise<void> {
  await openQuestion(page, FIRST_QUESTION)
  await listenToReader(page)
  await refuse(page, ['per_country', 'out'], ['paid', 'in'], /^“Only paid” takes one link here, and “Purchases” is linked already\./)
  await refuse(page, ['purchases', 'out'], ['paid', 'in'], /^These two are linked already\./)
  await page.keyboard.press('Escape')
  await deleteLink(page)
  await refuse(
    page,
    ['per_country', 'out'],
    ['paid', 'in'],
    /^Rows would go round in a circle: “Only paid” already feeds “Per country and minute”\./,
  )
  await drawLink(page, ['purchases', 'out'], ['paid', 'in'])
  await expectCount(page, 4, 3)
}

async function refuse(page: Page, from: End, to: End, reason: RegExp): Promise<void> {
  const links = await page.getByRole('application').getAttribute('aria-label')
  await holdLink(page, from, to)
  await expect(port(page, ...to)).toHaveAttribute('data-target', 'impossible')
  await expect(page.getByRole('tooltip')).toHaveText(reason)
  await page.mouse.up()
  await expectSaid(page, new RegExp(`^Cannot connect: ${reason.source.slice(1)}`))
  await expect(page.getByRole('application')).toHaveAccessibleName(links ?? '')
}

/** The one into the filter. */
async function deleteLink(page: Page): Promise<void> {
  const canvas = page.getByRole('application')
  await canvas.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('e')
  await page.keyboard.press('Delete')
  await expectCount(page, 4, 2)
}
