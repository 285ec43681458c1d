// In which order the pages stand in the navigation. A page that is not named here comes behind the others of its folder, by title.

export const SECTIONS = [
  {
    title: 'Guide',
    folder: 'docs/guide',
    first: [
      'docs/index.md',
      'docs/guide/install.md',
      'docs/guide/first-run.md',
      'docs/guide/the-screen.md',
      'docs/guide/keyboard.md',
      'docs/guide/files.md',
      'docs/guide/kafka-from-the-screen.md',
      'docs/guide/connections.md',
      'docs/guide/local-kafka.md',
      'docs/guide/write-a-document.md',
      'docs/guide/testing.md',
      'docs/guide/run-on-kafka.md',
      'docs/guide/serve.md',
      'docs/guide/run-on-a-server.md',
      'docs/guide/troubleshooting.md',
    ],
  },
  {
    title: 'Operations',
    folder: 'docs/operations',
    first: ['docs/operations/metrics.md', 'docs/operations/alerts.md', 'docs/operations/logs.md'],
  },
  {
    title: 'Reference',
    folder: 'docs/reference',
    first: [
      'docs/reference/nodes/index.md',
      'docs/reference/expressions.md',
      'docs/reference/functions.md',
      'docs/reference/problem-codes.md',
    ],
    groups: [
      {
        title: 'Kinds of steps',
        folder: 'docs/reference/nodes',
        first: [
          'index',
          'kafka-source',
          'file-source',
          'filter',
          'select',
          'window-aggregate',
          'union',
          'kafka-sink',
          'file-sink',
          'table-sink',
        ].map((kind) => `docs/reference/nodes/${kind}.md`),
      },
    ],
  },
  {
    title: 'Background',
    folder: 'docs',
    first: ['docs/compare.md', 'docs/SECURITY.md', 'docs/GLOSSARY.md', 'CHANGELOG.md', 'CONTRIBUTING.md'],
    groups: [{ title: 'Decisions', folder: 'docs/decisions', first: [] }],
  },
]

/** Beside `docs/`: pages of the project that the site has, too. */
export const PAGES_OF_THE_ROOT = ['CHANGELOG.md', 'CONTRIBUTING.md']

/**
 * The navigation: sections with their pages, each page once.
 * @param {ReadonlyMap<string, { title: string }>} pages by file
 */
export function navigation(pages) {
  const left = new Set(pages.keys())
  const take = ({ folder, first }) => {
    const below = [...left]
      .filter((file) => file.startsWith(`${folder}/`))
      .sort((a, b) => titleOf(pages, a).localeCompare(titleOf(pages, b), 'en'))
    const taken = [...first.filter((file) => left.has(file)), ...below.filter((file) => !first.includes(file))]
    for (const file of taken) left.delete(file)
    return taken
  }
  // Groups first: their folders lie within the folder of their section.
  return SECTIONS.map((section) => ({
    section,
    groups: (section.groups ?? []).map((group) => ({ title: group.title, files: take(group) })),
  })).map(({ section, groups }) => ({ title: section.title, files: take(section), groups: groups.filter(({ files }) => files.length > 0) }))
}

function titleOf(pages, file) {
  return pages.get(file)?.title ?? file
}
