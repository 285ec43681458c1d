import { expect, test } from 'vitest'
import { ask, createViewStore } from './view-store.ts'

const question = { title: 'Save?', text: 'Otherwise it is lost.', choices: [] }

test('a question gets its answer, and is closed by it', async () => {
  const view = createViewStore()
  const answer = ask(view, question)
  const { dialog } = view.getState()
  if (dialog?.type !== 'confirm') throw new Error('Nothing was asked.')
  dialog.confirm.answer('save')
  expect(view.getState().dialog).toBeUndefined()
  expect(await answer).toBe('save')
})

test('nobody waits for ever: a dialog in its place, or none, answers a question with nothing', async () => {
  const view = createViewStore()
  const first = ask(view, question)
  view.setState({ dialog: { type: 'failure', title: 'Not saved', message: '', details: [] } })
  expect(await first).toBeUndefined()
  expect(view.getState().dialog?.type).toBe('failure')
  const second = ask(view, question)
  view.setState({ dialog: undefined })
  expect(await second).toBeUndefined()
})
