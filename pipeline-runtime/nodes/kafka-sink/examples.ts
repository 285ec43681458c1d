import type { NodeExample } from '../../spec/node-kind.ts'

interface ConfigInput {
  readonly connection: string
  readonly topic: string
  readonly key?: string[] | undefined
}

export const examples: readonly NodeExample<ConfigInput>[] = [
  {
    title: 'One column as the key',
    config: { connection: 'shop', topic: 'revenue', key: ['country'] },
    given: { in: { columns: { country: 'STRING', revenue: 'DOUBLE' }, rows: [{ country: 'DE', revenue: 10.5, $timestamp: 1000 }] } },
    expect: { sink: [{ key: 'DE', value: '{"country":"DE","revenue":10.5}' }] },
  },
  {
    title: 'Several columns as the key, whole numbers with all their digits',
    config: { connection: 'shop', topic: 'orders', key: ['shop', 'id'] },
    given: { in: { columns: { shop: 'STRING', id: 'BIGINT' }, rows: [{ shop: 'north', id: '9007199254740993', $timestamp: 1000 }] } },
    expect: { sink: [{ key: '{"shop":"north","id":9007199254740993}', value: '{"shop":"north","id":9007199254740993}' }] },
  },
  {
    title: 'Without a key',
    config: { connection: 'shop', topic: 'log' },
    given: { in: { columns: { text: 'STRING' }, rows: [{ text: 'hello', $timestamp: 1000 }] } },
    expect: { sink: [{ key: null, value: '{"text":"hello"}' }] },
  },
]
