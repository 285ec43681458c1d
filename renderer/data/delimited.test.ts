import { expect, test } from 'vitest'
import { commaSeparated, tabSeparated } from './delimited.ts'

const table = (rows: readonly (readonly (string | null)[])[], text = [true, false]) => ({ header: ['country', 'n'], rows, text })

test('tab-separated text with a header, as a spreadsheet takes it', () => {
  expect(
    tabSeparated(
      table([
        ['NL', '9007199254740993'],
        [null, '-1'],
      ]),
    ),
  ).toBe('country\tn\nNL\t9007199254740993\n\t-1')
})

test('cells that would break the table stand in quotes', () => {
  expect(
    tabSeparated(
      table([
        ['a\tb', '1'],
        ['a\nb', '2'],
        ['say "hi"', '3'],
      ]),
    ),
  ).toBe('country\tn\n"a\tb"\t1\n"a\nb"\t2\n"say ""hi"""\t3')
})

test('CSV by RFC 4180, and NULL differs from the empty text', () => {
  expect(
    commaSeparated(
      table([
        ['a,b', '1'],
        ['', null],
        [null, '2'],
        ['"', '3'],
      ]),
    ),
  ).toBe('country,n\r\n"a,b",1\r\n"",\r\n,2\r\n"""",3\r\n')
})

test.each([
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3', "'-2+3"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ['-5', '-5'],
  ['+31 6 1234', '+31 6 1234'],
  ['a=b', 'a=b'],
])('text %s cannot be taken for a formula', (given, written) => {
  expect(tabSeparated(table([[given, '1']]))).toBe(`country\tn\n${written}\t1`)
})

test('numbers keep their sign', () => {
  expect(commaSeparated(table([['x', '-1e+21']]))).toBe('country,n\r\nx,-1e+21\r\n')
})

test('a name of a column is text from outside, too', () => {
  expect(tabSeparated({ header: ['=x'], rows: [], text: [false] })).toBe("'=x")
})
