/** The last line that a process said: of one that broke down, usually why. */
export class LastLine {
  text = ''
  private open = ''

  take(chunk: string): void {
    const lines = (this.open + chunk).split('\n')
    // Without a bound a process that never ends a line would fill the memory.
    this.open = (lines.pop() ?? '').slice(-MOST)
    const last = lines
      .map((line) => line.trim())
      .filter((line) => line !== '' && !isFrame(line))
      .at(-1)
    if (last !== undefined) this.text = last.slice(0, MOST)
  }
}

const MOST = 300

/** Lines of a stack and what Node says after it are for programmers. */
function isFrame(line: string): boolean {
  return /^(at\s|Node\.js v|\{|\}|\^)/.test(line)
}
