import { goTo } from '../../edit/go-to.ts'
import { outlineOrder } from '../../state/outline-order.ts'
import type { Command } from '../command.ts'
import { activeNode } from './active-node.ts'

/** Round the steps that have problems, in outline order. */
export const nextProblem: Command = {
  id: 'canvas.next-problem',
  title: 'Next problem',
  shortcuts: ['P'],
  scope: 'canvas',
  run(studio) {
    const { issuesByNode, issues } = studio.compiled.getState()
    const order = outlineOrder(studio.documents.getState().document)
    const found = order.filter((id) => issuesByNode.has(id))
    const here = activeNode(studio)
    const at = here === undefined ? -1 : order.indexOf(here)
    const next = found.find((id) => order.indexOf(id) > at) ?? found[0]
    if (next === undefined) {
      studio.announcer.say(issues[0]?.message ?? 'No problems.')
      return
    }
    studio.selection.select({ type: 'node', id: next })
    goTo(studio, { type: 'node', id: next })
    studio.announcer.say(issuesByNode.get(next)?.[0]?.message ?? '', 'problem')
  },
}
