import { late } from '../app/late.ts'

/** The editor is as large as the rest of the form; the first screen has none. */
export const editorPart = late(() => import('./editor.ts'))
