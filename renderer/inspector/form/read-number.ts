import type { Reading } from './use-draft.ts'

/** `12`, `1,204`, `-0.5`; nothing is no value. Integers that a document's number cannot hold exactly are refused. */
export function readNumber(typed: string, integer: boolean): Reading<number | undefined> {
  const text = typed.trim().replaceAll(/(?<=\d),(?=\d{3}(\D|$))/g, '')
  if (text === '') return { ok: true, value: undefined, text: '' }
  const value = Number(text)
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(value)) {
    return { ok: false, message: integer ? 'Write a whole number, such as 100.' : 'Write a number, such as 0.5.' }
  }
  if (integer && !Number.isInteger(value)) return { ok: false, message: 'Write a whole number, without a fraction.' }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return { ok: false, message: 'This number is too large.' }
  return { ok: true, value, text: String(value) }
}
