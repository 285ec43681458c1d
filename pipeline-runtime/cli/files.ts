import { readFileSync, writeFileSync } from 'node:fs'
import { compile } from '../compiler/compile.ts'
import { isSpec, readSpec } from '../compiler/read-spec.ts'
import { errorCode } from '../data/error-code.ts'
import { kinds } from '../nodes/catalog.ts'
import type { Document } from '../spec/document.ts'
import { hasErrors, type Issue } from '../spec/issue.ts'
import { readDocument } from '../spec/read-document.ts'
import type { Spec } from '../spec/spec.ts'
import type { Output } from './output.ts'

export interface Compiled {
  readonly issues: readonly Issue[]
  readonly spec?: Spec | undefined
  readonly document?: Document | undefined
}

/** Reads a document or a spec and gives the spec; whatever is wrong comes as issues. */
export function readPipeline(file: string): Compiled {
  const text = readText(file)
  if (typeof text !== 'string') return { issues: [text] }
  if (isSpec(text)) return readSpec(text, { kinds })
  return compileText(text)
}

export function readDocumentFile(file: string): Compiled {
  const text = readText(file)
  return typeof text === 'string' ? compileText(text) : { issues: [text] }
}

function compileText(text: string): Compiled {
  const read = readDocument(text, { kinds })
  if (read.document === undefined) return { issues: read.issues }
  const compiled = compile(read.document, { kinds })
  const issues = [...read.issues, ...compiled.issues]
  return { issues, document: read.document, spec: hasErrors(issues) ? undefined : compiled.spec }
}

/** The text of a file, or the issue why there is none. */
export function readText(file: string): string | Issue {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = errorCode(error)
    const reason =
      code === 'ENOENT'
        ? 'is not there'
        : code === 'EISDIR'
          ? 'is a folder'
          : code === 'EACCES'
            ? 'may not be read'
            : `cannot be read (${code})`
    return { code: 'FILE_UNREADABLE', severity: 'error', path: '', message: `The file ${file} ${reason}.` }
  }
}

/** Writes a whole file; errors say what to do. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    const code = errorCode(error)
    throw new Error(code === 'ENOSPC' ? `The disk is full: ${file} could not be written.` : `${file} cannot be written (${code}).`, {
      cause: error,
    })
  }
}

/** `error UNKNOWN_COLUMN in paid (/nodes/1/config/condition): …` and the fix on a line of its own. */
export function sayIssues(output: Output, file: string, issues: readonly Issue[]): void {
  for (const issue of issues) {
    if (output.log !== undefined) {
      const { code, severity, nodeId, path, message } = issue
      output.log[severity === 'error' ? 'error' : 'warn']({ file, code, ...(nodeId === undefined ? {} : { node: nodeId }), path }, message)
      continue
    }
    const place = [issue.nodeId === undefined ? '' : ` in ${issue.nodeId}`, issue.path === '' ? '' : ` (${issue.path})`].join('')
    output.say(`${file}: ${issue.severity} ${issue.code}${place}: ${issue.message}`)
    if (issue.fix !== undefined) output.say(`    fix: ${issue.fix.title}`)
  }
}
