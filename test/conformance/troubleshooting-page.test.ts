import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// docs/guide/troubleshooting.md quotes messages. Each is one that the program says, word for word.

const root = fileURLToPath(new URL('../..', import.meta.url))

test('every message that the page quotes is in the code', () => {
  const page = readFileSync(path.join(root, 'docs/guide/troubleshooting.md'), 'utf8')
  const quoted = [...page.matchAll(/^(?:\| |- \*\*)?"(.+?)"(?=\s*(?:\||\*\*|in a team| names| So:|$))/gm)].map(([, text = '']) => text)
  expect(quoted.length).toBeGreaterThan(25)
  const code = ['pipeline-runtime', 'electron', 'renderer', 'build'].flatMap(sources).join('\n')
  const parts = quoted.flatMap((text) => text.split('…').map((part) => part.trim())).filter((part) => part.length > 3)
  expect(parts.filter((part) => !code.includes(part))).toEqual([])
})

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sources(at)
    return /\.(ts|tsx|mjs)$/.test(entry.name) && !/\.test\./.test(entry.name) ? [readFileSync(path.join(root, at), 'utf8')] : []
  })
}
