import { IconFileImport, IconPlugConnected, IconSquareDashed } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { ListedDocument } from '../../pipeline-runtime/rpc/shell-api.ts'
import { setPanelOpen } from '../app/panels.ts'
import type { Studio } from '../app/studio.ts'
import { useDocument, useStudio } from '../app/studio-context.tsx'
import { chooseDataFile } from '../files/choose-data-file.ts'
import { DocumentList } from '../files/DocumentList.tsx'
import { newDocument, openDocument, replaceDocument } from '../files/document-files.ts'
import { documentName } from '../files/document-name.ts'
import { mayReplace } from '../files/leave-document.ts'
import { type Example, examples } from './examples.ts'
import styles from './Gallery.module.css'
import { StillPicture } from './StillPicture.tsx'

/** The start page: questions with a picture of their answer, ways to begin with own data, and the documents that are there. */
export function Gallery() {
  const studio = useStudio()
  return (
    <div className={styles.page}>
      <div className={styles.content}>
        <header className={styles.head}>
          <h1 className={styles.title}>Millrace</h1>
          <p className={styles.lead}>Pick a question and press Run. Everything works on sample data, nothing to install.</p>
          <BackToDocument />
        </header>
        <ul className={styles.cards} aria-label="Questions">
          {examples.map((example) => (
            <li key={example.name} className={styles.slot}>
              <Card example={example} onOpen={() => void openExample(studio, example)} />
            </li>
          ))}
          <li className={styles.slot}>
            <OwnData />
          </li>
        </ul>
        <Documents />
      </div>
    </div>
  )
}

async function openExample(studio: Studio, example: Example): Promise<void> {
  if (!(await mayReplace(studio))) return
  replaceDocument(studio, example.open())
  // The answer is a table with a chart beside it.
  studio.view.setState({ dockTab: 'data', dataView: 'both' })
}

function Card({ example, onOpen }: { readonly example: Example; readonly onOpen: () => void }) {
  const caption = `still-${example.name}`
  return (
    <button type="button" className={styles.card} aria-describedby={caption} aria-label={example.question} onClick={onOpen}>
      <span className={styles.question}>{example.question}</span>
      <StillPicture still={example.still} />
      <span className={styles.caption} id={caption}>
        {example.still.caption}
      </span>
    </button>
  )
}

function OwnData() {
  const studio = useStudio()
  const connect = async (): Promise<void> => {
    if (!(await newDocument(studio))) return
    studio.view.setState({ leftTab: 'connections' })
    setPanelOpen(studio, 'left', true)
    studio.view.setState({ dialog: { type: 'connection' } })
  }
  return (
    <section className={styles.own} aria-label="Start with your own data">
      <h2 className={styles.question}>Start with your own data</h2>
      <OwnAction
        icon={<IconFileImport size={16} stroke={1.5} />}
        title="Drop a CSV or JSON file"
        onPress={() => void chooseDataFile(studio)}
      >
        anywhere on this page, or press to choose one
      </OwnAction>
      <OwnAction icon={<IconPlugConnected size={16} stroke={1.5} />} title="Connect to Kafka" onPress={() => void connect()}>
        a host and a port, then look into a topic
      </OwnAction>
      <OwnAction icon={<IconSquareDashed size={16} stroke={1.5} />} title="Empty" onPress={() => void newDocument(studio)}>
        an empty canvas
      </OwnAction>
    </section>
  )
}

function OwnAction(props: {
  readonly icon: ReactNode
  readonly title: string
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  return (
    <button type="button" className={styles.action} onClick={props.onPress}>
      {props.icon}
      <span className={styles.actionText}>
        <span className={styles.actionTitle}>{props.title}</span>
        <span className={styles.actionMore}>{props.children}</span>
      </span>
    </button>
  )
}

/** There is something to go back to: the gallery was opened from a document. */
function BackToDocument() {
  const studio = useStudio()
  const steps = useDocument(({ document }) => document.nodes.length)
  const name = useDocument(documentName)
  if (steps === 0) return null
  return (
    <button type="button" className={styles.back} onClick={() => studio.view.setState({ gallery: false })}>
      Back to {name}
    </button>
  )
}

function Documents() {
  const studio = useStudio()
  const { documents } = studio.capabilities
  const [listed, setListed] = useState<readonly ListedDocument[]>([])
  useEffect(() => {
    let gone = false
    const { shell } = studio.host
    const asked = documents === 'folder' ? shell.documents.list() : shell.documents.recent()
    // Without a list the page is as useful.
    asked.then(
      (found) => (gone ? undefined : setListed(found)),
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [studio, documents])
  if (listed.length === 0) return null
  const title = documents === 'folder' ? 'Documents in this folder' : 'Recent documents'
  return (
    <section className={styles.documents} aria-label={title}>
      <h2 className={styles.section}>{title}</h2>
      <DocumentList documents={listed} label={title} onOpen={(path) => void openDocument(studio, path)} />
    </section>
  )
}
