// npm run build: the runtime, the page and the desktop app; what has not changed since it was built last is left as it is.
import { buildParts, runScript } from './bootstrap.mjs'

await runScript(buildParts)
