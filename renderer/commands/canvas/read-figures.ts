import type { Studio } from '../../app/studio.ts'
import { titleOf } from '../../edit/connect.ts'
import { formatCount } from '../../format/figures.ts'
import { isUnderWay } from '../../state/run-store.ts'
import type { Command } from '../command.ts'
import { activeNode, hasActiveNode } from './active-node.ts'

/** The live figures of a step in words; they are never said by themselves. */
export function figuresInWords(studio: Studio, nodeId: string): string {
  const { runs } = studio
  const figures = runs.figuresOf(nodeId)
  const title = titleOf(studio, nodeId)
  if (figures === undefined) return `${title}: no figures yet. Run the pipeline first.`
  const rates = runs.ratesOf(nodeId)
  const live = isUnderWay(runs.getState().run)
  const part = (word: string, total: number, perSecond: number | undefined): string =>
    live && perSecond !== undefined
      ? `${word} ${formatCount(Math.round(perSecond))} a second, ${formatCount(total)} in all`
      : `${word} ${formatCount(total)}`
  const unlessNone = (count: number, word: string): string => (count === 0 ? '' : `${formatCount(count)} ${word}`)
  return [
    `${title}: ${part('in', figures.in, rates?.inPerSecond)}`,
    Object.keys(figures.ports).length === 0 ? '' : part('out', figures.out, rates?.outPerSecond),
    unlessNone(figures.removed, 'removed'),
    unlessNone(figures.late, 'late'),
    unlessNone(figures.setAside, 'set aside'),
    unlessNone(figures.errors, 'failed'),
    unlessNone(figures.skipped, 'skipped'),
    unlessNone(figures.behind ?? 0, 'behind'),
  ]
    .filter((text) => text !== '')
    .join('; ')
}

export const readFigures: Command = {
  id: 'canvas.read-figures',
  title: 'Read the live figures aloud',
  shortcuts: ['W'],
  scope: 'canvas',
  enabled: hasActiveNode,
  run(studio) {
    const nodeId = activeNode(studio)
    if (nodeId !== undefined) studio.announcer.say(figuresInWords(studio, nodeId), 'figures')
  },
}
