import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react'
import { formatDateTime } from '../format/times.ts'
import styles from './ChartView.module.css'
import type { BigNumber } from './number-data.ts'

interface NumberTilesProps {
  readonly numbers: readonly BigNumber[]
  readonly timeZone: string
  readonly sentence: string
}

const icons = { up: IconArrowUpRight, down: IconArrowDownRight, same: IconArrowRight } as const

/** The newest value of each series and its change; neither up nor down is good or bad by itself, so no colour says so. */
export function NumberTiles({ numbers, timeZone, sentence }: NumberTilesProps) {
  return (
    <div role="img" aria-label={sentence} className={`${styles.tiles} figures`}>
      {numbers.map(({ name, last, lastMs, change, direction }) => {
        const Icon = direction === undefined ? undefined : icons[direction]
        return (
          <div key={name} className={styles.tile}>
            <span className={styles.tileName}>{name === '' ? 'all together' : name}</span>
            <span className={styles.tileValue}>{last}</span>
            <span className={styles.tileChange}>
              {Icon === undefined ? null : <Icon size={14} stroke={1.5} aria-hidden />}
              {change ?? 'first value'}
            </span>
            <span className={styles.tileTime}>{formatDateTime(lastMs, timeZone)}</span>
          </div>
        )
      })}
    </div>
  )
}
