import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { kafkaConnection } from '../connectors/kafka/connection.ts'
import { typedSecrets } from './run-target.ts'

/**
 * Between the page and what it lives in: the desktop app's main process, or the server of `millrace serve`. Inputs are parsed on the
 * server; a refusal is an ORPCError whose `data` is a `RefusalData`.
 */

/** How names of documents end. */
export const DOCUMENT_ENDING = '.millrace.json'

export interface ShellCapabilities {
  readonly host: 'desktop' | 'browser'
  readonly version: string
  readonly platform: 'linux' | 'darwin' | 'win32'
  /** `dialogs`: the system's open and save dialogs; `folder`: documents stand in one folder, listed by `documents.list`. */
  readonly documents: 'dialogs' | 'folder'
  /** Where files of a document that was never saved are looked for (`folder`): the folder itself, absolute. */
  readonly folder?: string
  /** Whether closing can leave the run going in the tray. */
  readonly tray: boolean
  /** Whether menus of the system show the page's commands. */
  readonly menus: boolean
  /** Where typed secrets are kept; `environment`: this host has no keychain, and a connection names variables. */
  readonly secrets: 'keychain' | 'environment'
}

export interface OpenedDocument {
  /** Identity of the file: absolute in the desktop app, relative to the folder in the browser. */
  readonly path: string
  /** What the title bar shows: the file's name. */
  readonly name: string
  /** Where paths in the document are relative to, for the runtime. */
  readonly folder: string
  readonly text: string
  /** Of the file's content as it was read or written; a later save gives it back, so that changes by others are noticed. */
  readonly revision: string
}

/** Where a document stands after it was saved. */
export type SavedDocument = Omit<OpenedDocument, 'text'>

export interface ListedDocument {
  readonly path: string
  readonly name: string
  readonly modifiedMs: number
}

export interface ChosenFile {
  /** As a file step of the document may name it: relative to the document's folder where it is inside of it, else absolute. */
  readonly path: string
}

/** A connection as the user named it. Secrets are references: the page never has one that is stored. */
export const namedConnection = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*$/, 'A name is a lower-case word: letters, digits, "_" and "-", with a letter first.')
    .max(60),
  kind: z.literal('kafka'),
  config: kafkaConnection.config,
})
export type NamedConnection = z.output<typeof namedConnection>

/** A command of the page as a menu shows it. */
const menuCommand = z.strictObject({
  id: z.string(),
  title: z.string(),
  menu: z.enum(['file', 'edit', 'view', 'run', 'help']),
  /** `Mod+Shift+Z`. */
  shortcut: z.string().optional(),
  enabled: z.boolean(),
  checked: z.boolean().optional(),
})
export type MenuCommand = z.output<typeof menuCommand>

export type ShellEvent =
  /** A menu entry was chosen. */
  | { readonly type: 'command'; readonly id: string }
  /** A file was opened from outside (file manager, recent files, a second start of the app). */
  | { readonly type: 'open-document'; readonly document: OpenedDocument }
  /** Something opened from outside could not be read. */
  | { readonly type: 'open-failed'; readonly path: string; readonly message: string }
  /** The runtime process ended by itself; a new port comes when the next one is up. */
  | { readonly type: 'runtime-lost'; readonly reason: string }
  /** The window is asked to close; the page answers with `window.confirmClose` or stays. */
  | { readonly type: 'close-requested' }

const path = z.string().min(1)
const text = z.string().max(64 << 20)

export const shellApi = {
  capabilities: oc.output(type<ShellCapabilities>()),
  events: oc.output(eventIterator(type<ShellEvent>())),
  documents: {
    /** Without a path: asks with the system's dialog (`dialogs`). Null: the user cancelled. */
    open: oc.input(z.strictObject({ path: path.optional() })).output(type<OpenedDocument | null>()),
    /** Refuses DOCUMENT_CHANGED where the file is not at `revision` any more; without one it overwrites. */
    save: oc.input(z.strictObject({ path, text, revision: z.string().optional() })).output(type<SavedDocument>()),
    /** With `path` (relative, in the browser) writes there and refuses DOCUMENT_EXISTS unless `overwrite`; without: asks with the dialog. */
    saveAs: oc
      .input(z.strictObject({ suggestedName: z.string().min(1), text, path: path.optional(), overwrite: z.boolean().default(false) }))
      .output(type<SavedDocument | null>()),
    recent: oc.output(type<readonly ListedDocument[]>()),
    /** All documents of the folder (`folder`); empty for `dialogs`. */
    list: oc.output(type<readonly ListedDocument[]>()),
    /** Writes a text to a place that the user chooses (desktop), or to the folder of documents (browser): spec, CSV. Null: cancelled. */
    exportText: oc.input(z.strictObject({ suggestedName: z.string().min(1), text })).output(type<{ readonly path: string } | null>()),
  },
  files: {
    /** Asks for a data file and allows the runtime to read or write it (desktop). Null: cancelled. */
    choose: oc.input(z.strictObject({ purpose: z.enum(['read', 'write']), folder: z.string() })).output(type<ChosenFile | null>()),
    /** A file dropped onto the page whose path the preload found (desktop): allows the runtime to read it. */
    allowDropped: oc.input(z.strictObject({ path, folder: z.string() })).output(type<ChosenFile>()),
    /** The content of a dropped file, for a page that has no paths (browser): stored beside the document under a free name. */
    upload: oc
      .input(z.strictObject({ name: z.string().min(1).max(200), base64: z.string().max(96 << 20), folder: z.string().default('') }))
      .output(type<ChosenFile>()),
    /** Asks the user whether the document may use a file outside of its folder (desktop). */
    askToAllow: oc.input(z.strictObject({ path, folder: z.string() })).output(type<{ readonly allowed: boolean }>()),
  },
  connections: {
    list: oc.output(type<readonly NamedConnection[]>()),
    /**
     * Adds or replaces by name; `renamed`: the name that it had. `secrets` go to the keychain, where their fields say `${keychain}`.
     * Refuses SECRET_ELSEWHERE where a secret that is not typed again was stored for another address, and NO_KEYCHAIN.
     */
    save: oc.input(namedConnection.extend({ secrets: typedSecrets.default({}), renamed: z.string().optional() })).output(type<void>()),
    remove: oc.input(z.strictObject({ name: z.string() })).output(type<void>()),
  },
  window: {
    /** Title, unsaved changes, whether a run is under way, the document's file: for title bar, closing, tray, and files opened from outside. */
    describe: oc
      .input(z.strictObject({ title: z.string(), edited: z.boolean(), running: z.boolean(), path: path.optional() }))
      .output(type<void>()),
    /** The answer to `close-requested`. */
    confirmClose: oc.input(z.strictObject({ how: z.enum(['close', 'keep-running']) })).output(type<void>()),
    setMenu: oc.input(z.strictObject({ commands: z.array(menuCommand).max(200) })).output(type<void>()),
    /** Opens another window with an empty canvas or the gallery (desktop). */
    open: oc.output(type<void>()),
    /** Opens the guide in the system's browser; only known pages. */
    openGuide: oc.output(type<void>()),
  },
}

export type ShellApi = typeof shellApi
