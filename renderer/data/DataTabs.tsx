import { type ReactNode, useEffect, useRef } from 'react'
import type { DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import { useStudio } from '../app/studio-context.tsx'
import { TabStrip } from '../app/TabStrip.tsx'
import { stepFacts } from '../edit/step-facts.ts'
import { formatCount } from '../format/figures.ts'
import styles from './DataPanel.module.css'
import { countOf, type DataTab } from './data-tabs.ts'

interface DataTabsProps {
  readonly node: DocumentNode
  readonly tabs: readonly DataTab[]
  readonly selected: DataTab
  readonly onSelect: (tab: DataTab) => void
  readonly children: ReactNode
}

/** What passes at a step, each with how much of it there is. */
export function DataTabs({ node, tabs, selected, onSelect, children }: DataTabsProps) {
  const title = stepFacts(node).title
  return (
    <>
      <div className={styles.strip}>
        <span className={styles.step} title={title}>
          {title}
        </span>
        <TabStrip
          label={`Rows of ${title}`}
          name="data"
          tabs={tabs.map((tab) => ({ id: tab.id, title: tab.title, extra: <LiveCount nodeId={node.id} tab={tab} /> }))}
          selected={selected.id}
          open
          onSelect={(id) => {
            const tab = tabs.find((each) => each.id === id)
            if (tab !== undefined) onSelect(tab)
          }}
        />
      </div>
      {children}
    </>
  )
}

/** Written past React: it changes four times a second. Not part of the tab's name, which must not change. */
function LiveCount({ nodeId, tab }: { readonly nodeId: string; readonly tab: DataTab }) {
  const { runs } = useStudio()
  const text = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const write = (): void => {
      const count = countOf(tab, runs.figuresOf(nodeId))
      if (text.current !== null) text.current.textContent = count === undefined ? '' : formatCount(count)
    }
    write()
    return runs.onFigures(write)
  }, [runs, nodeId, tab])
  return <span ref={text} aria-hidden className={`${styles.count} figures`} />
}
