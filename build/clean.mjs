// npm run clean: removes what can be made again. Kafka's jars (.cache) and node_modules stay.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { root } from './bootstrap.mjs'

for (const folder of ['dist', '.cache/test-results']) rmSync(path.join(root, folder), { recursive: true, force: true })
