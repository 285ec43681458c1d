import { useMemo } from 'react'
import { type KindName, kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { NodeCategory } from '../../pipeline-runtime/spec/node-kind.ts'
import type { Studio } from '../app/studio.ts'
import { useStudio } from '../app/studio-context.tsx'
import { addNode, insertNode, kindConnectable, throughStep } from '../edit/add-node.ts'
import { titleOf } from '../edit/connect.ts'
import { CARD, snapped } from '../edit/places.ts'
import { KindIcon } from '../kind-icon/KindIcon.tsx'
import { nodeOf } from '../state/change.ts'
import type { Mode } from '../state/mode-store.ts'
import { PickList } from './PickList.tsx'

type AddStep = Extract<Mode, { type: 'add-step' }>

const categories: Readonly<Record<NodeCategory, string>> = {
  read: 'Read',
  shape: 'Shape',
  summarise: 'Summarise over time',
  combine: 'Combine',
  write: 'Write',
}

/** The kinds of steps that fit where one is wanted. */
export function AddStepList({ mode }: { readonly mode: AddStep }) {
  const studio = useStudio()
  const fitting = useMemo(() => kinds.filter(({ kind }) => fits(studio, kind, mode)), [studio, mode])
  const where = placeWords(studio, mode)
  return (
    <PickList
      label={`Add a step ${where}`.trim()}
      heading={
        <>
          Add a step <em>{where}</em>
        </>
      }
      options={fitting.map((kind) => ({
        id: kind.kind,
        label: kind.title,
        icon: <KindIcon kind={kind} />,
        group: categories[kind.category],
      }))}
      nothing="No kind of step fits here."
      onPick={(id) => {
        const kind = kinds.find((known) => known.kind === id)?.kind
        studio.mode.leave()
        if (kind === undefined) return
        if (mode.edge !== undefined) insertNode(studio, kind, mode.edge)
        else addNode(studio, kind, optionsOf(mode))
        studio.focus.go('canvas')
      }}
      onClose={() => studio.mode.leave()}
    />
  )
}

function fits(studio: Studio, kind: KindName, { after, before, edge }: AddStep): boolean {
  if (edge !== undefined) return throughStep(studio, kind, edge) !== undefined
  if (after === undefined && before === undefined) return true
  return kindConnectable(studio, kind, { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) })
}

function optionsOf({ after, before, at }: AddStep) {
  // A link that was let go on the empty canvas leads to the new card's port.
  const place = at === undefined ? undefined : snapped({ x: before === undefined ? at.x : at.x - CARD.width, y: at.y - 48 })
  return {
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
    ...(place === undefined ? {} : { at: place }),
  }
}

function placeWords(studio: Studio, { after, before, edge }: AddStep): string {
  if (edge !== undefined) return `between ${titleOf(studio, nodeOf(edge.from))} and ${titleOf(studio, nodeOf(edge.to))}`
  if (after !== undefined) return `after ${titleOf(studio, after.nodeId)}`
  return before === undefined ? '' : `before ${titleOf(studio, before.nodeId)}`
}
