import type { NodeProps } from '@xyflow/react'
import { useSelection } from '../app/studio-context.tsx'
import type { StepNode } from './flow-graph.ts'

/** What a step is drawn from, as a card and as a box. */
export type StepNodeProps = Pick<NodeProps<StepNode>, 'id' | 'data' | 'selected'>

/** For an attribute that is there or not. */
export const flag = (on: boolean): '' | undefined => (on ? '' : undefined)

export const useIsActive = (id: string): boolean => useSelection(({ active }) => active?.type === 'node' && active.id === id)
