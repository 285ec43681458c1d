import type { Reading } from './use-draft.ts'

/** `2026-01-01T00:00:00Z`, with a zone; a space instead of the T, a missing time and missing seconds are filled in, in UTC. */
export function readTime(typed: string): Reading<string | undefined> {
  const text = typed.trim()
  if (text === '') return { ok: true, value: undefined, text: '' }
  const [, date, time = '00:00', seconds = ':00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:\d{2})?)?$/i.exec(text) ?? []
  const full = `${date}T${time}${seconds}${zone.toUpperCase()}`
  if (date === undefined || Number.isNaN(Date.parse(full)) || !isDay(date))
    return { ok: false, message: 'Write a time such as 2026-01-01T10:00:00Z.' }
  return { ok: true, value: full, text: full }
}

/** 30 February would be read as a day in March. */
function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date)
}
