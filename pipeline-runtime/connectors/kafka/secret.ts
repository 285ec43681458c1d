import { inspect } from 'node:util'

const HIDDEN = '(secret)'

/** A secret on its way to a socket. Whatever prints, joins or stores it by mistake gets `(secret)`. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}
