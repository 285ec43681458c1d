import { kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import type { RefusalData } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { Spec, SpecNode } from '../../pipeline-runtime/spec/spec.ts'
import type { Studio } from '../app/studio.ts'
import { dataFolder } from '../files/data-folder.ts'

const NOT_ALLOWED = new Set(['FILE_NOT_ALLOWED', 'PATH_OUTSIDE_FOLDER'])

/** Where a run was refused because of a file outside of the document's folder: asks whether it may be used. True: try again. */
export async function offerToAllow(studio: Studio, refusal: RefusalData, spec: Spec): Promise<boolean> {
  if (!NOT_ALLOWED.has(refusal.code)) return false
  const node = spec.nodes.find(({ id }) => id === refusal.nodeId)
  const path = node === undefined ? undefined : pathOf(node)
  if (path === undefined) return false
  try {
    const { allowed } = await studio.host.shell.files.askToAllow({ path, folder: dataFolder(studio) })
    return allowed
  } catch {
    // The page in a browser cannot ask: documents there use files of their folder only, as the refusal says.
    return false
  }
}

/** The file that a step reads or writes, or takes its sample from. */
function pathOf({ kind, config }: SpecNode): string | undefined {
  const definition = kindNamed(kind)
  const parsed = definition?.config.safeParse(config)
  if (definition === undefined || parsed?.success !== true) return undefined
  const binding = definition.binding?.(parsed.data)
  if (binding?.type === 'file') return binding.path
  const sample: unknown = Reflect.get(Object(config), 'sample')
  const file: unknown = Reflect.get(Object(sample), 'file')
  return typeof file === 'string' ? file : undefined
}
