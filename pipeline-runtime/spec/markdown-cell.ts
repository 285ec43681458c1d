/** Text as a cell of a table in Markdown. */
export function cell(content: string): string {
  return content.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')
}
