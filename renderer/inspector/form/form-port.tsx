import { createContext, useContext } from 'react'
import type { Field } from '../../../pipeline-runtime/data/types.ts'
import type { EdgeSchema } from '../../../pipeline-runtime/spec/edge-schema.ts'
import type { Issue } from '../../../pipeline-runtime/spec/issue.ts'
import { pointer } from '../../../pipeline-runtime/spec/json.ts'
import type { NodeKind } from '../../../pipeline-runtime/spec/node-kind.ts'
import type { Path } from './form-field.ts'

/** What the fields of a form share: whose settings they are, and how they are changed. */
export interface FormPort {
  /** '' for the document's own settings. */
  readonly nodeId: string
  /** JSON Pointer of the settings in the document. */
  readonly base: string
  /** Settings as they stand in the document. */
  readonly value: unknown
  /** Problems of the step or of the document. */
  readonly issues: readonly Issue[]
  /** The first of what comes in; undefined where nothing does, or while it is not known. */
  readonly input: EdgeSchema | undefined
  /** Columns to choose from: those that come in, of a source its own. */
  readonly columns: readonly Field[]
  readonly timeZone: string
  /** Undefined for the document's own settings. */
  readonly kind: NodeKind | undefined
  /** Whether the step writes what its path or topic names. */
  readonly writes: boolean
  /** One step of the history; while typing, what is typed into one field is one step. `undefined` takes the setting away. */
  set(path: Path, value: unknown, title: string, typing?: boolean): void
  /** Several settings at once, one step; with a `mergeKey` those that follow each other are one. */
  setAll(settings: readonly Setting[], label: string, mergeKey?: string): void
}

export interface Setting {
  readonly path: Path
  readonly value: unknown
}

const FormContext = createContext<FormPort | undefined>(undefined)

export const FormProvider = FormContext.Provider

export function useForm(): FormPort {
  const port = useContext(FormContext)
  if (port === undefined) throw new Error('A field outside of a form.')
  return port
}

/** Problems of exactly this setting; with `deep` also of what is in it. */
export function issuesAt(port: FormPort, path: Path, deep = false): readonly Issue[] {
  const at = `${port.base}${pointer(...path)}`
  return port.issues.filter((issue) => issue.path === at || (deep && issue.path.startsWith(`${at}/`)))
}

/** Marks the element of a field, so that it can be found when a problem leads to it. */
export function fieldMark(path: Path): string {
  return pointer(...path)
}
