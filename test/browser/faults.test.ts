import { faults } from '../screen/faults.ts'
import { test } from './screen-in-browser.ts'

test.setTimeout(180_000)

for (const [title, flow] of faults) test(title, ({ host }) => flow(host))
