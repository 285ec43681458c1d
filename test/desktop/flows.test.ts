import { furtherFlows, mainFlows } from '../screen/flows.ts'
import { test } from './screen-in-electron.ts'

// Many steps each; a machine that is busy with other things takes its time.
test.setTimeout(180_000)

for (const [title, flow] of [...mainFlows, ...furtherFlows]) test(title, ({ host }) => flow(host))
