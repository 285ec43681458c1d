import { HighlightStyle, LanguageSupport, LRLanguage, syntaxHighlighting } from '@codemirror/language'
import { styleTags, tags } from '@lezer/highlight'
import { parser } from '../../pipeline-runtime/expressions/expressions.ts'

/** Colours by the nodes of our own grammar; the same tree serves completion. */
const coloured = parser.configure({
  props: [
    styleTags({
      'AND OR NOT IS IN BETWEEN LIKE ILIKE ESCAPE CASE WHEN THEN ELSE END DISTINCT FROM FOR TO AS BOTH LEADING TRAILING INTERVAL DATE TIMESTAMP':
        tags.keyword,
      'NULL TRUE FALSE UNKNOWN': tags.atom,
      Number: tags.number,
      String: tags.string,
      SmartQuoted: tags.invalid,
      'FunctionName/Identifier': tags.function(tags.variableName),
      'Type/Identifier Unit/Identifier': tags.typeName,
      'Column/Identifier Column/QuotedName Column/BacktickName': tags.variableName,
      RecordPart: tags.special(tags.variableName),
      'LineComment BlockComment': tags.comment,
      'CompareOp Sign TimesOp Concat AndAnd Bang': tags.operator,
    }),
  ],
})

const language = LRLanguage.define({
  name: 'sql-expression',
  parser: coloured,
  languageData: { closeBrackets: { brackets: ['(', '[', "'"] } },
})

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '500' },
  { tag: tags.atom, color: 'var(--accent)' },
  { tag: tags.number, color: 'var(--series-2)' },
  { tag: tags.string, color: 'var(--series-3)' },
  { tag: tags.invalid, color: 'var(--error)' },
  { tag: tags.function(tags.variableName), color: 'var(--series-4)' },
  { tag: tags.typeName, color: 'var(--series-5)' },
  { tag: tags.variableName, color: 'var(--text)' },
  { tag: tags.special(tags.variableName), color: 'var(--series-5)' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: tags.operator, color: 'var(--text-2)' },
])

export const sqlLanguage = new LanguageSupport(language, [syntaxHighlighting(colours)])
