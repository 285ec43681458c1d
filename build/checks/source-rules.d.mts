export function checkSources(
  root: string,
  files?: readonly string[],
): { readonly files: number; readonly violations: readonly string[]; readonly long: readonly string[] }
export function projectFiles(root: string): readonly string[]
