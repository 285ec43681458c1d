import type { Studio } from '../app/studio.ts'

/** Says in a dialog what could not be done and why. */
export function showFailure({ view }: Studio, title: string, message: string, details: readonly string[] = []): void {
  view.setState({ dialog: { type: 'failure', title, message, details } })
}
