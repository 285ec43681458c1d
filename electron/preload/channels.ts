/** Messages between main process and preload. The page itself sees none of them. */
export const CONNECT = 'millrace-connect'
export const DROPPED = 'millrace-dropped'
export const PORT = 'millrace-port'

/** What `PORT` carries; a port comes along except with `lost`. */
export type PortMessage = { readonly which: 'shell' | 'runtime' } | { readonly which: 'lost'; readonly reason: string }
