/** Tables as text, for spreadsheets and files. A cell is null for NULL, which is not the empty text. */
export interface TextTable {
  readonly header: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  /** By column: whether cells are text from outside, which a spreadsheet must not take for a formula. */
  readonly text: readonly boolean[]
}

/** As spreadsheets take it from the clipboard: cells with tabs, line ends or quotes stand in quotes. */
export function tabSeparated(table: TextTable): string {
  const cell = (text: string): string => (/[\t\n\r"]/.test(text) ? quoted(text) : text)
  return lines(table, '\t', '\n', (text) => cell(text ?? ''))
}

/** RFC 4180. NULL is nothing at all, the empty text is `""`. */
export function commaSeparated(table: TextTable): string {
  const cell = (text: string | null): string => (text === null ? '' : text === '' || /[,\n\r"]/.test(text) ? quoted(text) : text)
  return `${lines(table, ',', '\r\n', cell)}\r\n`
}

function lines({ header, rows, text }: TextTable, delimiter: string, end: string, write: (text: string | null) => string): string {
  const cells = (row: readonly (string | null)[], isText: (column: number) => boolean): string =>
    row.map((cell, column) => write(cell !== null && isText(column) ? harmless(cell) : cell)).join(delimiter)
  return [cells(header, () => true), ...rows.map((row) => cells(row, (column) => text[column] === true))].join(end)
}

/**
 * A row comes from strangers, and a spreadsheet runs text that begins like a formula: an apostrophe in front keeps it text. Signed numbers
 * (`-5`, `+31 6 1234`) are none.
 */
function harmless(text: string): string {
  return /^[=@\t\r]/.test(text) || /^[+-](?![\d.,\s]*$)/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
