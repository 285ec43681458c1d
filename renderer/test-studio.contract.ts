import { type DocumentInput, documentSchema } from '../pipeline-runtime/spec/document.ts'
import { createFocusBoard, type FieldTarget } from './app/focus.ts'
import type { Studio } from './app/studio.ts'
import type { Host } from './host/host.ts'
import { createAnnouncer } from './state/announcer.ts'
import { compileHere } from './state/compile-here.ts'
import { createCompiledStore } from './state/compiled-store.ts'
import { createDocumentStore } from './state/document-store.ts'
import { createModeStore } from './state/mode-store.ts'
import { createRunStore } from './state/run-store.ts'
import { createSelectionStore } from './state/selection-store.ts'
import { createViewStore } from './state/view-store.ts'

export interface TestStudio {
  readonly studio: Studio
  /** What was said politely, in order. */
  readonly said: string[]
  readonly fields: FieldTarget[]
}

/** A studio of the real stores for tests without a page: compiles at once, has no shell and no runtime. */
export function testStudio(document?: DocumentInput): TestStudio {
  const documents = createDocumentStore()
  if (document !== undefined) documents.open(documentSchema.parse(document))
  const said: string[] = []
  const fields: FieldTarget[] = []
  const focus = createFocusBoard()
  focus.onField((field) => fields.push(field))
  const studio: Studio = {
    documents,
    compiled: createCompiledStore(documents, compileHere()),
    selection: createSelectionStore(),
    mode: createModeStore(),
    runs: createRunStore(),
    view: createViewStore(),
    announcer: createAnnouncer(
      { say: { replaceChildren: (...texts) => void said.push(texts.join('')) }, alarm: { replaceChildren() {} } },
      (act) => act(),
    ),
    focus,
    canvas: { port: undefined },
    host: noHost,
    capabilities: {
      host: 'browser',
      version: '0.0.0',
      platform: 'linux',
      documents: 'folder',
      tray: false,
      menus: false,
      secrets: 'environment',
    },
  }
  return { studio, said, fields }
}

/** Whoever asks it for something in a test that does not expect it gets an error. */
const noHost: Host = {
  // A proxy answers for every procedure; its type cannot be told from outside.
  shell: new Proxy({}, { get: (_, name) => fail(String(name)) }) as Host['shell'],
  runtime: { client: undefined, ready: () => new Promise(() => {}), onChange: () => () => {} },
  pathOfFile: () => undefined,
}

function fail(name: string): never {
  throw new Error(`The test studio has no shell (asked for ${name}).`)
}
