import { useStudio, useView } from '../app/studio-context.tsx'
import { ConnectionDialog } from '../connections/ConnectionDialog.tsx'
import { TopicDialog } from '../connections/TopicDialog.tsx'
import { AboutDialog } from './AboutDialog.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { FailureDialog } from './FailureDialog.tsx'
import { OpenDialog } from './OpenDialog.tsx'
import { SaveAsDialog } from './SaveAsDialog.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'

/** The dialog that is open, one at a time; what opened it gets the focus back. */
export function Dialogs() {
  const { view } = useStudio()
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
    case undefined:
      return null
  }
}
