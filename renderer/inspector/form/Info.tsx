import { Tooltip } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { memo, useId, useState } from 'react'
import styles from './form.module.css'

interface InfoProps {
  readonly title: string
  readonly description: string | undefined
  readonly term: string | undefined
}

/** ⓘ behind a label: what the setting means, and its technical word. */
export const Info = memo(function Info({ title, description, term }: InfoProps) {
  const [opened, setOpened] = useState(false)
  const id = useId()
  if (description === undefined && term === undefined) return null
  const text = (
    <>
      {description}
      {term !== undefined && <span className={styles.term}>Technical word: {term}</span>}
    </>
  )
  return (
    <>
      <Tooltip label={text} opened={opened} multiline w={280} position="top" fz={12} lh="16px" p="8px 12px" withinPortal>
        <button
          type="button"
          className={styles.info}
          data-info=""
          aria-label={`About ${title}`}
          aria-describedby={id}
          onMouseEnter={() => setOpened(true)}
          onMouseLeave={() => setOpened(false)}
          onFocus={() => setOpened(true)}
          onBlur={() => setOpened(false)}
          onClick={() => setOpened(true)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !opened) return
            event.stopPropagation()
            setOpened(false)
          }}
        >
          <IconInfoCircle size={14} stroke={1.5} aria-hidden />
        </button>
      </Tooltip>
      <span id={id} hidden>
        {text}
      </span>
    </>
  )
})
