import { issueCodeGroups } from '../../pipeline-runtime/spec/issue-codes.ts'

const HEADINGS: Readonly<Record<keyof typeof issueCodeGroups, string>> = {
  reading: 'Files that are no document',
  fields: 'Fields',
  graph: 'The drawing',
  nodes: 'Settings of steps',
  expressions: 'Expressions',
  binding: 'Connections, topics and files',
}

/** What each code of a problem means. The path is relative to the repository's root. */
export function generate(): { path: string; text: string }[] {
  const parts = Object.entries(issueCodeGroups).flatMap(([group, codes]) => [
    '',
    `## ${HEADINGS[group as keyof typeof issueCodeGroups]}`, // A key of the record that is walked.
    '',
    '| Code | Meaning |',
    '|---|---|',
    ...Object.entries(codes).map(([code, meaning]) => `| \`${code}\` | ${meaning.replaceAll('|', '\\|')} |`),
  ])
  const lines = [
    '<!-- Generated from pipeline-runtime/spec/issue-codes.ts by build/generate/problem-codes.ts; change that. -->',
    '',
    '# Problem codes',
    '',
    'What `millrace validate --json` calls a problem. The message beside it says more: which step, which setting, what to write instead, and',
    'often a fix. Codes are kept from version to version, so that programs can look for them.',
    ...parts,
  ]
  return [{ path: 'docs/reference/problem-codes.md', text: `${lines.join('\n')}\n` }]
}
