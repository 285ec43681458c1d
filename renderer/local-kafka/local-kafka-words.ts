import type { LocalKafkaState } from '../../pipeline-runtime/rpc/local-kafka-state.ts'

/** Beside its name, in a few words. */
export function stateInShort(state: LocalKafkaState | undefined): string {
  switch (state?.type) {
    case undefined:
      return ''
    case 'missing':
      return `needs ${state.missing.map(({ what }) => what).join(' and ')}`
    case 'stopped':
      return 'starts with the run'
    case 'starting':
      return 'starting…'
    case 'running':
      return `runs at ${state.bootstrap}`
    case 'stopping':
      return 'stopping…'
    case 'failed':
      return 'did not start'
  }
}

/** `4.1 MB`, `12 kB` */
export function formatBytes(bytes: number): string {
  if (bytes >= 10e6) return `${Math.round(bytes / 1e6).toLocaleString('en')} MB`
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`
  return bytes === 0 ? '0 kB' : `${Math.max(1, Math.round(bytes / 1e3))} kB`
}
