// npm run icons: draws the PNG files of the two SVG files in `icon/`, with the browser of the screen tests. They are committed, so that
// packaging needs no browser. Look at them afterwards.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { root, runScript } from '../bootstrap.mjs'

const folder = path.join(root, 'build/package/icon')
/** Up to 32 pixels the drawing with fewer and heavier parts. */
const LARGEST_SMALL = 32
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

await runScript(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.MILLRACE_CHROMIUM || '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  try {
    mkdirSync(path.join(folder, 'png'), { recursive: true })
    for (const size of SIZES) await draw(browser, size)
  } finally {
    await browser.close()
  }
  // What windows and the tray show.
  copyFileSync(pngFile(256), path.join(root, 'electron/assets/icon.png'))
  copyFileSync(pngFile(32), path.join(root, 'electron/assets/tray.png'))
})

async function draw(browser, size) {
  const svg = readFileSync(path.join(folder, size <= LARGEST_SMALL ? 'icon-small.svg' : 'icon.svg'), 'utf8')
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  await page.screenshot({ path: pngFile(size), omitBackground: true })
  await page.close()
}

/** electron-builder and the icon theme of a desktop know them by this name. */
function pngFile(size) {
  return path.join(folder, 'png', `${size}x${size}.png`)
}
