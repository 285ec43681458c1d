export const LEAKS: readonly (readonly [rule: string, pattern: RegExp, words: string])[]
