import { TextInput, Tooltip } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { firstSentence } from '../../pipeline-runtime/spec/first-sentence.ts'
import { useStudio } from '../app/studio-context.tsx'
import { KindIcon } from '../kind-icon/KindIcon.tsx'
import { addFromPalette } from './add-from-palette.ts'
import { KIND_DRAG } from './kind-drag.ts'
import styles from './Palette.module.css'
import { type PaletteKind, paletteGroups } from './palette-entries.ts'

/** All kinds of steps: dragged onto the canvas, or added by a double click or Enter after the step that is selected. */
export function Palette() {
  const studio = useStudio()
  const [search, setSearch] = useState('')
  const [current, setCurrent] = useState<string>()
  const list = useRef<HTMLDivElement>(null)
  const groups = paletteGroups(search)
  const shown = groups.flatMap((group) => group.kinds)
  // One of them is the stop of the Tab key, also where the one before is no longer shown.
  const stop = shown.find(({ kind }) => kind === current) ?? shown[0]
  const focus = (kind: PaletteKind | undefined): void => {
    if (kind === undefined) return
    setCurrent(kind.kind)
    list.current?.querySelector<HTMLElement>(`[data-kind="${kind.kind}"]`)?.focus()
  }
  const onKey = (event: KeyboardEvent): void => {
    const at = stop === undefined ? -1 : shown.indexOf(stop)
    const target = { ArrowDown: shown[at + 1], ArrowUp: shown[at - 1], Home: shown[0], End: shown.at(-1) }[event.key]
    if (target !== undefined) {
      event.preventDefault()
      focus(target)
    }
  }
  return (
    <div className={styles.palette}>
      <TextInput
        aria-label="Search steps"
        placeholder="Search"
        leftSection={<IconSearch size={14} stroke={1.5} />}
        value={search}
        className={styles.search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = shown[0]
          if (event.key === 'ArrowDown') focus(first)
          else if (event.key === 'Enter' && first !== undefined) addFromPalette(studio, first.kind)
          else if (event.key === 'Escape' && search !== '') {
            event.stopPropagation()
            setSearch('')
          }
        }}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside */}
      <div ref={list} className={styles.groups} onKeyDown={onKey}>
        {groups.map(({ category, title, kinds }) => (
          <section key={category} aria-label={title}>
            <h2 className={styles.group}>{title}</h2>
            <ul className={styles.list}>
              {kinds.map((kind) => (
                <li key={kind.kind}>
                  <Entry kind={kind} isStop={kind === stop} onFocus={() => setCurrent(kind.kind)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {shown.length === 0 ? <p className={styles.nothing}>No step does “{search.trim()}”.</p> : null}
      </div>
    </div>
  )
}

function Entry({ kind, isStop, onFocus }: { readonly kind: PaletteKind; readonly isStop: boolean; readonly onFocus: () => void }) {
  const studio = useStudio()
  return (
    <Tooltip label={kind.description} position="right" withinPortal>
      <button
        type="button"
        className={styles.entry}
        data-kind={kind.kind}
        tabIndex={isStop ? 0 : -1}
        draggable
        onFocus={onFocus}
        onDragStart={(event) => {
          event.dataTransfer.setData(KIND_DRAG, kind.kind)
          event.dataTransfer.effectAllowed = 'copy'
        }}
        onDoubleClick={() => addFromPalette(studio, kind.kind)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          addFromPalette(studio, kind.kind)
        }}
        // A press that no mouse made: of a screen reader or a voice.
        onClick={(event) => {
          if (event.detail === 0) addFromPalette(studio, kind.kind)
        }}
      >
        <KindIcon kind={kind} />
        <span className={styles.words}>
          <span className={styles.title}>{kind.title}</span>
          <span className={styles.more}>{firstSentence(kind.description)}</span>
        </span>
      </button>
    </Tooltip>
  )
}
