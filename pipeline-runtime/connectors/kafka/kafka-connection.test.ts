import { expect, test } from 'vitest'
import { kafkaConnection } from './connection.ts'
import { closeNames, offsetOutOfRange, topicNotFound } from './kafka-errors.ts'

test('a target is one or more HOST:PORT', () => {
  const parse = (text: string) => kafkaConnection.parseTarget?.(text)
  expect(parse('localhost:9092')).toEqual({ bootstrap: 'localhost:9092' })
  expect(parse('a:1,b.example:65535')).toEqual({ bootstrap: 'a:1,b.example:65535' })
  for (const text of ['localhost', 'localhost:', ':9092', 'a:0', 'a:65536', 'a:1,', 'http://a:1', 'a:1 b:2'])
    expect(parse(text)).toBeUndefined()
  expect(kafkaConnection.config.safeParse({ bootstrap: 'x' }).error?.issues[0]?.message).toContain('HOST:PORT')
})

test('a missing topic names those that may have been meant', () => {
  expect(closeNames('order', ['orders', 'payments', 'Order_Events', 'rider'])).toEqual(['orders', 'Order_Events'])
  expect(topicNotFound('orders', ['order']).message).toContain('Did you mean "order"?')
  expect(topicNotFound('orders', []).message).toContain('Create it first')
})

test('an offset out of range says whether records were deleted or the topic is another', () => {
  expect(offsetOutOfRange('t', 0, 5, 10, 20).message).toContain('records from 5 to 9 have been deleted')
  expect(offsetOutOfRange('t', 0, 50, 10, 20).message).toContain('ends at 20')
})
