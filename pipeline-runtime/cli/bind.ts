import path from 'node:path'
import { kinds } from '../nodes/catalog.ts'
import { connectionsOf } from '../runner/bindings.ts'
import { type BoundTargets, bindTargets } from '../runner/targets.ts'
import { hasErrors } from '../spec/issue.ts'
import type { Spec } from '../spec/spec.ts'
import { readPipeline, sayIssues } from './files.ts'
import type { Output } from './output.ts'

export interface BoundPipeline {
  readonly spec: Spec
  /** Of the file; its paths are relative to it. */
  readonly folder: string
  readonly bound: BoundTargets
}

/** Reads a document or spec and binds its connections. Whatever is wrong has been said where the result is undefined. */
export function readAndBind(
  file: string,
  targetOptions: readonly string[],
  output: Output,
  connectionsFile?: string,
): BoundPipeline | undefined {
  const { issues, spec } = readPipeline(file)
  sayIssues(output, file, issues)
  if (spec === undefined) return undefined
  const folder = path.dirname(path.resolve(file))
  const bound = bindTargets(connectionsOf(spec, kinds), { targetOptions, folder, connectionsFile, environment: process.env })
  sayIssues(output, file, bound.issues)
  return hasErrors(bound.issues) ? undefined : { spec, folder, bound }
}
