import type { RefusalData } from '../../pipeline-runtime/rpc/runtime-api.ts'

/** Why a call was refused, in words for the user, whatever was thrown. */
export function refusalOf(error: unknown): RefusalData {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : undefined
  if (isRefusal(data)) return data
  return { code: 'UNKNOWN', message: error instanceof Error ? error.message : String(error) }
}

function isRefusal(data: unknown): data is RefusalData {
  return (
    typeof data === 'object' &&
    data !== null &&
    'code' in data &&
    typeof data.code === 'string' &&
    'message' in data &&
    typeof data.message === 'string'
  )
}
