import { FileButton, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useStudio } from '../../app/studio-context.tsx'
import { dataFolder } from '../../files/data-folder.ts'
import { base64Of } from '../../format/base64-of.ts'
import { refusalOf } from '../../host/refusal.ts'
import { FieldRow } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import { useForm } from '../form/form-port.tsx'
import { readText, useDraft } from '../form/use-draft.ts'
import type { WidgetProps } from '../form/widget-props.ts'

/** A file: typed, chosen with the system's dialog in the desktop app, or brought into the folder of documents by a browser. */
export function PathField({ field, value }: WidgetProps) {
  const form = useForm()
  const studio = useStudio()
  const { host, capabilities } = studio
  const [problem, setProblem] = useState<string>()
  const set = (path: string | undefined, typing: boolean): void => form.set(field.path, path, field.title, typing)
  const draft = useDraft(typeof value === 'string' ? value : '', readText, (next) => set(next, true))
  const take = (file: Promise<{ readonly path: string } | null>): void => {
    setProblem(undefined)
    file.then(
      (chosen) => {
        if (chosen !== null) set(chosen.path, false)
      },
      (error: unknown) => setProblem(refusalOf(error).message),
    )
  }
  const choose = (): void => take(host.shell.files.choose({ purpose: form.writes ? 'write' : 'read', folder: dataFolder(studio) }))
  const upload = (file: File | null): void => {
    if (file !== null)
      take(base64Of(file).then((base64) => host.shell.files.upload({ name: file.name, base64, folder: dataFolder(studio) })))
  }
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <div className={styles.duration}>
          <TextInput
            className={styles.grow}
            {...control.inputProps(problem)}
            value={draft.text}
            placeholder={form.writes ? 'results.csv' : 'orders.csv'}
            onChange={(event) => draft.change(event.currentTarget.value)}
            onBlur={draft.leave}
          />
          {capabilities.host === 'desktop' && (
            <button type="button" className={styles.besideInput} onClick={choose}>
              Choose…
            </button>
          )}
          {capabilities.host === 'browser' && !form.writes && (
            <FileButton onChange={upload}>
              {(props) => (
                <button {...props} type="button" className={styles.besideInput}>
                  Upload…
                </button>
              )}
            </FileButton>
          )}
        </div>
      )}
    </FieldRow>
  )
}
