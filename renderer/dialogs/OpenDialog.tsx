import { Modal, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ListedDocument } from '../../pipeline-runtime/rpc/shell-api.ts'
import { useStudio } from '../app/studio-context.tsx'
import { DocumentList } from '../files/DocumentList.tsx'
import { refusalOf } from '../host/refusal.ts'
import styles from './dialogs.module.css'

interface OpenDialogProps {
  readonly answer: (path: string | undefined) => void
}

/** The documents of the folder that is served, the newest first. */
export function OpenDialog({ answer }: OpenDialogProps) {
  const { host, capabilities } = useStudio()
  const [documents, setDocuments] = useState<readonly ListedDocument[]>()
  const [problem, setProblem] = useState<string>()
  const [search, setSearch] = useState('')
  useEffect(() => {
    host.shell.documents.list().then(setDocuments, (error: unknown) => setProblem(refusalOf(error).message))
  }, [host])
  const words = search.toLowerCase()
  const shown = documents?.filter(({ path }) => path.toLowerCase().includes(words)) ?? []
  return (
    <Modal opened onClose={() => answer(undefined)} title="Open a document" size={560} centered>
      <TextInput
        data-autofocus
        label="Search"
        placeholder="part of the name"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = shown[0]
          if (event.key === 'Enter' && first !== undefined) answer(first.path)
        }}
      />
      <div className={styles.list}>
        {problem === undefined ? null : <p className={styles.problem}>{problem}</p>}
        {documents !== undefined && shown.length === 0 ? (
          <p className={styles.text}>
            {documents.length === 0
              ? `There is no document in ${capabilities.folder ?? 'the folder'} yet. Save one, and it is listed here.`
              : 'No document has this in its name.'}
          </p>
        ) : null}
        <DocumentList documents={shown} label="Documents in this folder" onOpen={answer} />
      </div>
    </Modal>
  )
}
