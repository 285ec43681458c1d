import type { Studio } from '../app/studio.ts'

/** Why something was not done: on the screen for a while, and to screen readers. */
export function tell({ view, announcer }: Studio, text: string): void {
  view.setState({ notice: text })
  announcer.say(text)
}
