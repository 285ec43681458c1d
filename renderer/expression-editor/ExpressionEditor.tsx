import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder as placeholderText, tooltips } from '@codemirror/view'
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react'
import type { EdgeSchema } from '../../pipeline-runtime/spec/edge-schema.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { useStudio } from '../app/studio-context.tsx'
import { Fixes, Messages } from '../inspector/form/FieldRow.tsx'
import formStyles from '../inspector/form/form.module.css'
import { checkExpression, scopeOf } from './check-expression.ts'
import { completionSource } from './completion-source.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { editorTheme } from './editor-theme.ts'
import { ownTyping } from './own-typing.ts'
import { SampleValue } from './SampleValue.tsx'
import { sqlLanguage } from './sql-language.ts'

export interface ExpressionEditorProps {
  readonly value: string
  readonly nodeId: string
  /** What comes in; undefined while it is not known. */
  readonly input: EdgeSchema | undefined
  readonly timeZone: string
  /** Whether it has to be true or false. */
  readonly condition: boolean
  /** What the compiler says about this text. */
  readonly issues: readonly Issue[]
  /** Whether the compiler has seen this text and found nothing wrong; then it is right, whatever the editor would say by itself. */
  readonly accepted: boolean
  readonly labelId: string
  /** Element with what else is wrong. */
  readonly errorId: string | undefined
  readonly placeholder: string
  readonly onChange: (text: string) => void
}

/** Of changes that come from the document. */
const fromDocument = Annotation.define<boolean>()

/** SQL over the columns that come in: colours, completion, checks at each letter, and its value for a row of a sample. */
export function ExpressionEditor(props: ExpressionEditorProps) {
  const { value, nodeId, input, timeZone, condition, issues, labelId, placeholder } = props
  const studio = useStudio()
  const id = useId()
  const columns = input === undefined ? '' : JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each compilation gives an equal schema anew
  const scope = useMemo(() => (input === undefined ? undefined : scopeOf(input, timeZone)), [columns, timeZone])
  const own = useMemo(() => checkExpression(value, scope, condition), [value, scope, condition])
  const checked = useMemo(
    () => (props.accepted ? { ...own, issues: own.issues.filter(({ severity }) => severity === 'warning') } : own),
    [own, props.accepted],
  )
  const isWrong = checked.issues.some(({ severity }) => severity === 'error') || props.errorId !== undefined
  const errorId = props.errorId ?? (checked.issues.length > 0 ? `${id}-issues` : undefined)
  const latest = useRef({ scope, onChange: props.onChange, leave: () => studio.documents.sealHistory() })
  latest.current = { scope, onChange: props.onChange, leave: () => studio.documents.sealHistory() }
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const changing = useRef({ described: new Compartment(), placeholder: new Compartment() })

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes reaches it through refs and compartments
  useEffect(() => {
    const { described, placeholder: hint } = changing.current
    const editor = new EditorView({
      parent: host.current ?? document.body,
      state: EditorState.create({
        doc: value,
        extensions: [
          basics,
          autocompletion({ override: [completionSource(() => latest.current.scope)], icons: false, activateOnTyping: true }),
          described.of([]),
          hint.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromDocument) === true)) {
              const text = update.state.doc.toString()
              studio.documents.later(() => latest.current.onChange(text))
            }
          }),
          EditorView.domEventHandlers({ blur: () => latest.current.leave() }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [])

  // Before the next letter can be typed: what comes later would take that one back.
  useLayoutEffect(() => {
    const editor = view.current
    if (editor === undefined) return
    const changes = changeBetween(editor.state.doc.toString(), value)
    if (changes !== undefined) editor.dispatch({ changes, annotations: fromDocument.of(true) })
  }, [value])

  useEffect(() => {
    const editor = view.current
    if (editor === undefined) return
    editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc.toString(), checked.issues)))
    keepCaret(editor)
  }, [checked])

  useEffect(() => {
    const attributes: Record<string, string> = {
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-labelledby': labelId,
      'aria-describedby': [`${id}-keys`, errorId].filter((part) => part !== undefined).join(' '),
      ...(isWrong ? { 'aria-invalid': 'true' } : {}),
      ...(isWrong && errorId !== undefined ? { 'aria-errormessage': errorId } : {}),
    }
    view.current?.dispatch({ effects: changing.current.described.reconfigure(EditorView.contentAttributes.of(attributes)) })
  }, [labelId, errorId, isWrong, id])

  useEffect(() => {
    view.current?.dispatch({ effects: changing.current.placeholder.reconfigure(placeholder === '' ? [] : placeholderText(placeholder)) })
  }, [placeholder])

  const unseen = checked.issues.map(({ code, severity, message }): Issue => ({ code, severity, message, path: '' }))
  return (
    <div>
      <div ref={host} className={formStyles.editor} data-wrong={isWrong || undefined} data-expression="" />
      <span id={`${id}-keys`} hidden>
        SQL expression. Ctrl+Space completes. Escape, then Tab leaves the field.
      </span>
      {unseen.length > 0 && (
        <div id={`${id}-issues`} className={formStyles.messages}>
          <Messages issues={unseen} />
        </div>
      )}
      <Fixes issues={issues} />
      <SampleValue checked={checked} nodeId={nodeId} timeZone={timeZone} onFix={props.onChange} />
    </div>
  )
}

/**
 * Underlining a word moves its text in the page, and the browser takes the caret to the start of the line. Within 200 ms after the focus
 * CodeMirror holds that for a habit of browsers and leaves it there: the next letter would stand before the first one.
 */
function keepCaret(editor: EditorView): void {
  const { main } = editor.state.selection
  const shown = document.getSelection()
  if (!editor.hasFocus || !main.empty || shown === null) return
  const { node, offset } = editor.domAtPos(main.head)
  if (shown.focusNode !== node || shown.focusOffset !== offset) shown.collapse(node, offset)
}

/** The part in which two texts differ: the caret stays where it is beside it. */
function changeBetween(before: string, after: string): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  if (before === after) return undefined
  const least = Math.min(before.length, after.length)
  let from = 0
  while (from < least && before[from] === after[from]) from++
  let end = 0
  while (end < least - from && before.at(-1 - end) === after.at(-1 - end)) end++
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) }
}

const nonce = globalThis.document?.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''

const EDGE = 8

const basics: Extension = [
  EditorView.cspNonce.of(nonce),
  editorTheme,
  sqlLanguage,
  ownTyping,
  history(),
  closeBrackets(),
  bracketMatching(),
  EditorView.lineWrapping,
  tooltips({
    parent: globalThis.document?.body,
    // Not flush with the edge of the window.
    tooltipSpace: () => ({ left: EDGE, top: EDGE, right: window.innerWidth - EDGE, bottom: window.innerHeight - EDGE }),
  }),
  keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
]
