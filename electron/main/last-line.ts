/** The last line that a process said: of one that broke down, usually why. */
export class LastLine {
  text = ''
  private open = ''

  take(chunk: string): void {
    const lines = (this.open + chunk).split('\n')
    // Without a bound a process that never ends a line would fill the memory.
    this.open = (lines.pop() ?? '').slice(-MOST)
    const last = lines.filter((line) => line.trim() !== '' && !isForProgrammers(line)).at(-1)
    if (last !== undefined) this.text = last.trim().slice(0, MOST)
  }
}

const MOST = 300

/** What is set in: a stack, the properties of an error. And what Node says before and after it, also of its own code where memory ran out. */
function isForProgrammers(line: string): boolean {
  return /^(\s|Node\.js v|[{}^]|-----|\d+: 0x)/.test(line)
}
