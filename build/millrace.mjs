#!/usr/bin/env node
// The command `millrace`. In a checkout that was never built it builds first.
import { existsSync } from 'node:fs'

const main = new URL('../dist/pipeline-runtime/cli/main.js', import.meta.url)

if (!existsSync(main)) {
  const { BootstrapError, bootstrap, say } = await import('./bootstrap.mjs')
  try {
    await bootstrap()
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error
    say(error.message)
    process.exit(1)
  }
}
await import(main.href)
