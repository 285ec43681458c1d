/** What the engine itself reads from the config of a source. */
export interface SourceTimes {
  readonly boundedDelayMs: number
  /** Undefined: a quiet partition is never taken for idle. */
  readonly idleAfterMs: number | undefined
}

export function sourceTimes(config: unknown): SourceTimes {
  const fields = typeof config === 'object' && config !== null ? (config as Readonly<Record<string, unknown>>) : {}
  return {
    boundedDelayMs: typeof fields.boundedDelayMs === 'number' ? fields.boundedDelayMs : 0,
    idleAfterMs: typeof fields.idleAfterMs === 'number' ? fields.idleAfterMs : undefined,
  }
}
