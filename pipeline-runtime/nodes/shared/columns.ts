import { closestName } from '../../data/close-names.ts'
import type { Field } from '../../data/types.ts'
import { listedInShort } from '../../spec/listed.ts'
import type { DeriveContext, NodeIssue } from '../../spec/node-kind.ts'

type Path = readonly (string | number)[]

/** The field of a name that the config gives; an issue with the nearest name where there is none. */
export function findColumn(fields: readonly Field[], name: string, path: Path, context: DeriveContext): Field | undefined {
  const field = fields.find((candidate) => candidate.name === name)
  if (field === undefined) context.issue(unknownColumn(fields, name, path))
  return field
}

function unknownColumn(fields: readonly Field[], name: string, path: Path): NodeIssue {
  const names = fields.map((field) => field.name)
  const nearest = closestName(name, names)
  const there = names.length === 0 ? 'No columns come in.' : `The columns are ${listedInShort(names, 12)}.`
  if (nearest === undefined) return { code: 'UNKNOWN_COLUMN', path, message: `There is no column "${name}". ${there}` }
  return {
    code: 'UNKNOWN_COLUMN',
    path,
    message: `There is no column "${name}". Did you mean "${nearest}"?`,
    fix: { title: `Use ${nearest}`, edits: [{ path, value: nearest }] },
  }
}

/** An issue for each name that stands in the list for a second time; `pathOf` leads to the name in the config. */
export function checkUnique(names: readonly string[], pathOf: (index: number) => Path, context: DeriveContext): void {
  names.forEach((name, i) => {
    if (names.indexOf(name) === i) return
    context.issue({
      code: 'DUPLICATE_COLUMN',
      path: pathOf(i),
      message: `There are two columns called "${name}". Give one of them another name.`,
    })
  })
}
