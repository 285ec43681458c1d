import { hashText } from '../data/value.ts'

/** A sum of hashes of entries, kept up to date by adding and taking away: the same whatever the order of changes (rule 38). */
export class StateHash {
  private low = 0
  private high = 0

  add(text: string): void {
    this.addSum(StateHash.of(text))
  }

  remove(text: string): void {
    this.removeSum(StateHash.of(text))
  }

  addSum(other: StateHash): void {
    this.low = (this.low + other.low) >>> 0
    this.high = (this.high + other.high) >>> 0
  }

  removeSum(other: StateHash): void {
    this.low = (this.low - other.low) >>> 0
    this.high = (this.high - other.high) >>> 0
  }

  /** Sixteen hexadecimal digits. */
  toString(): string {
    return this.high.toString(16).padStart(8, '0') + this.low.toString(16).padStart(8, '0')
  }

  static of(text: string): StateHash {
    const hash = new StateHash()
    hash.low = hashText(text)
    hash.high = hashText(text, 0x9e3779b9)
    return hash
  }
}
