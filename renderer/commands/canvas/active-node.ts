import type { Studio } from '../../app/studio.ts'

/** The step that the keys act on. */
export function activeNode({ selection }: Studio): string | undefined {
  const { active } = selection.getState()
  return active?.type === 'node' ? active.id : undefined
}

export const hasActiveNode = (studio: Studio): boolean => activeNode(studio) !== undefined
