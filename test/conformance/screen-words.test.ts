import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// What stands on the screen says it in words that need no explanation: the left column of "What the screen says" in docs/GLOSSARY.md.

const renderer = fileURLToPath(new URL('../../renderer', import.meta.url))

const TECHNICAL =
  /\b(watermarks?|bounded.?delay|allowed.?lateness|nodes?|edges?|issues?|idleness|offsets?|changelog|consumer.?groups?|tumbling|hopping|at-least-once|exactly-once|lag|back-?pressure|dead.?letters?|tombstones?)\b/i

/** Parts of texts that name something by its own name. */
const NAMES = new Set([', Node'])

/** Attributes and properties whose texts are shown or read aloud. */
const SHOWN = new Set([
  'label',
  'title',
  'placeholder',
  'aria-label',
  'aria-description',
  'description',
  'alt',
  'text',
  'message',
  'hint',
  'term',
])
/** Functions whose texts are read aloud. */
const SAID = /^(say|alarm)$/

interface Shown {
  readonly text: string
  readonly line: number
}

/** Texts of a file that a user sees or hears: what stands between tags, in shown attributes, and in what is announced. */
function shownTexts(file: string, source: string): readonly Shown[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const found: Shown[] = []
  const add = (node: ts.Node, text: string): void => {
    const words = text.trim()
    if (words !== '') found.push({ text: words, line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
  }
  /** All texts in what is shown, in whatever calculation: both sides of a `? :`, parts of a template. */
  const texts = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) add(node, node.text)
    else if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) add(node, node.text)
    // Elements inside have attributes of their own, some of which are not shown.
    else if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return
    // What a part is compared with, and the arguments of calls, are not shown.
    else if (ts.isBinaryExpression(node) && /^[=!]==?$/.test(node.operatorToken.getText())) return
    else if (ts.isCallExpression(node) || ts.isElementAccessExpression(node)) return
    else ts.forEachChild(node, texts)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) add(node, node.text)
    else if (ts.isJsxAttribute(node)) {
      if (SHOWN.has(node.name.getText()) && node.initializer !== undefined) texts(node.initializer)
    } else if (ts.isJsxExpression(node) && node.expression !== undefined && !ts.isJsxAttribute(node.parent)) texts(node.expression)
    else if (ts.isPropertyAssignment(node) && SHOWN.has(node.name.getText().replaceAll(/['"]/g, ''))) texts(node.initializer)
    else if (ts.isCallExpression(node) && SAID.test(node.expression.getText().split('.').at(-1) ?? ''))
      node.arguments.slice(0, 1).forEach(texts)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(at)
    return /\.tsx?$/.test(entry.name) && !/\.(test|contract|bench)\.tsx?$/.test(entry.name) ? [at] : []
  })
}

describe('the words of the screen', () => {
  const files = filesBelow(renderer)

  it('are looked for in the whole page', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(files.some((file) => file.endsWith('Inspector.tsx'))).toBe(true)
  })

  it('hold no technical terms', () => {
    const wrong = files.flatMap((file) =>
      shownTexts(file, readFileSync(file, 'utf8'))
        .filter(({ text }) => TECHNICAL.test(text) && !NAMES.has(text))
        .map(({ text, line }) => `${path.relative(renderer, file)}:${line}: ${text}`),
    )
    expect(wrong).toEqual([])
  })

  it.each([
    '<p>Two nodes are selected</p>',
    '<button aria-label="Delete the edge" />',
    '<button title={many ? "All issues" : "Problem"} />',
    '<p>{late ? "behind the watermark" : ""}</p>',
    '<p>{`lag of ${n}`}</p>',
  ])('are found in %s', (jsx) => {
    const texts = shownTexts('x.tsx', `const x = () => ${jsx}`)
    expect(texts.some(({ text }) => TECHNICAL.test(text))).toBe(true)
  })

  it.each(["announcer.say('Edge deleted')", "const command = { id: 'edit.delete', title: 'Delete node' }"])('are found in %s', (source) => {
    expect(shownTexts('x.ts', source).some(({ text }) => TECHNICAL.test(text))).toBe(true)
  })

  it.each(["<p className='node'>{type === 'edge' ? 'Link' : node.title}</p>", "<p>{labelOf('node')}</p>", '<Edge node={node} />'])(
    'are not looked for in the code of %s',
    (jsx) => {
      expect(shownTexts('x.tsx', `const x = () => ${jsx}`).filter(({ text }) => TECHNICAL.test(text))).toEqual([])
    },
  )
})
