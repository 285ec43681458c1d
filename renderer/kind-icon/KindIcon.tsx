import { kindIcons } from 'virtual:kind-icons'
import { IconArrowsJoin, IconDatabaseExport, IconDatabaseImport, IconQuestionMark, IconSum, IconTransform } from '@tabler/icons-react'
import type { NodeCategory, NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'

/** For a kind whose icon there is not. */
const ofCategory = {
  read: IconDatabaseImport,
  shape: IconTransform,
  summarise: IconSum,
  combine: IconArrowsJoin,
  write: IconDatabaseExport,
} as const satisfies Record<NodeCategory, unknown>

interface KindIconProps {
  /** Undefined: a kind that this version does not have. */
  readonly kind: Pick<NodeKind, 'icon' | 'category'> | undefined
  readonly size?: number
  /** In the colour of its category, as on the cards. */
  readonly coloured?: boolean
}

/** The icon of a kind of step, named in its definition. Decoration: the name stands beside it. */
export function KindIcon({ kind, size = 16, coloured = true }: KindIconProps) {
  const Icon = kind === undefined ? IconQuestionMark : (kindIcons[kind.icon] ?? ofCategory[kind.category])
  const color = kind === undefined || !coloured ? undefined : `var(--stripe-${kind.category})`
  return (
    <span
      style={{ display: 'inline-flex', flex: 'none', ...(color === undefined ? {} : { color, forcedColorAdjust: 'none' }) }}
      aria-hidden="true"
    >
      <Icon size={size} stroke={1.5} />
    </span>
  )
}
