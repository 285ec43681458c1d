/** The code of an error of the system, such as `ENOENT`; for one that has none what it says. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error)
}
