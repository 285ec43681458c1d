import type { Studio } from '../app/studio.ts'
import { ask } from '../state/view-store.ts'
import { targetName } from './target-name.ts'

/** Writing to a real cluster is off until the user says so, once for each target. One's own Kafka on this machine asks nobody. */
export async function toggleArmed(studio: Studio): Promise<void> {
  const { runs, view, announcer } = studio
  const { target, armed } = runs.getState().settings
  if (target.type === 'sample') return
  const name = targetName(target)
  if (armed) {
    runs.configure({ armed: false })
    announcer.say(`Writing is off. What would be written to ${name} is counted and thrown away.`, 'armed')
    return
  }
  if (target.type === 'local') {
    runs.configure({ armed: true })
    announcer.say(`Writing is on: runs write to ${name}.`, 'armed')
    return
  }
  const choice = await ask(view, {
    title: `Let runs write to ${name}?`,
    text: `From the next run on, the write steps put rows into the topics of ${name} (${target.config.bootstrap}). Others may read them. While writing is off, these rows are counted and thrown away.`,
    choices: [
      { id: 'arm', title: 'Turn writing on', kind: 'danger' },
      { id: 'cancel', title: 'Cancel', kind: 'plain' },
    ],
  })
  // The target may have been changed while the question stood there.
  if (choice !== 'arm' || runs.getState().settings.target !== target) return
  runs.configure({ armed: true })
  announcer.alarm(`Writing armed on ${name}.`)
}
