/** Where the type file of the substitute Electron is kept. */
export const types: string
/** What tsc has against it, a line each. `files`: another pattern than that of `electron/`. */
export function checkElectronTypes(files?: string): readonly string[]
