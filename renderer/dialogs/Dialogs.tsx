import { useEffect } from 'react'
import { useStudio, useView } from '../app/studio-context.tsx'
import { ConnectionDialog } from '../connections/ConnectionDialog.tsx'
import { TopicDialog } from '../connections/TopicDialog.tsx'
import { LocalKafkaDialog } from '../local-kafka/LocalKafkaDialog.tsx'
import { AboutDialog } from './AboutDialog.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { FailureDialog } from './FailureDialog.tsx'
import { OpenDialog } from './OpenDialog.tsx'
import { SaveAsDialog } from './SaveAsDialog.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'

/** The dialog that is open, one at a time; what opened it gets the focus back. */
export function Dialogs() {
  const { view } = useStudio()
  useOpener()
  const dialog = useView((state) => state.dialog)
  const close = (): void => view.setState({ dialog: undefined })
  switch (dialog?.type) {
    case 'confirm':
      return <ConfirmDialog confirm={dialog.confirm} />
    case 'failure':
      return <FailureDialog {...dialog} onClose={close} />
    case 'open-document':
      return <OpenDialog answer={dialog.answer} />
    case 'save-as':
      return <SaveAsDialog suggestedName={dialog.suggestedName} answer={dialog.answer} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />
    case 'connection':
      return <ConnectionDialog name={dialog.name} onClose={close} />
    case 'topic':
      return <TopicDialog connection={dialog.connection} topic={dialog.topic} at={dialog.at} onClose={close} />
    case 'about':
      return <AboutDialog onClose={close} />
    case 'local-kafka':
      return <LocalKafkaDialog onClose={close} />
    case undefined:
      return null
  }
}

/** The dialogs give the focus back themselves; where one followed another, its opener is gone and the first one's takes it. */
function useOpener(): void {
  const { view, focus } = useStudio()
  useEffect(() => {
    let opener: Element | null = null
    return view.subscribe(({ dialog }, before) => {
      if (dialog !== undefined && before.dialog === undefined) opener = document.activeElement
      if (dialog !== undefined || before.dialog === undefined) return
      setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body
        if (!lost || view.getState().dialog !== undefined) return
        if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus()
        else focus.go('canvas')
      }, CLOSED_AFTER_MS)
    })
  }, [view, focus])
}

/** A dialog has left the page, with its motion. */
const CLOSED_AFTER_MS = 200
