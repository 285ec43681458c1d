import { BIGINT, STRING, TIMESTAMP } from '../data/types.ts'
import { defineShape } from './generate.ts'
import { Random, Weighted } from './random.ts'

interface Endpoint {
  readonly path: string
  readonly method: string
  readonly medianMs: number
}

const SEARCH: Endpoint = { path: '/search', method: 'GET', medianMs: 77 }
const ENDPOINTS = new Weighted<Endpoint>([
  [SEARCH, 40],
  [{ path: '/products', method: 'GET', medianMs: 42 }, 30],
  [{ path: '/cart', method: 'POST', medianMs: 58 }, 15],
  [{ path: '/checkout', method: 'POST', medianMs: 121 }, 10],
  [{ path: '/login', method: 'POST', medianMs: 95 }, 5],
])
const SPREAD = 0.352
const SLOW_SHARE = 0.015
const SLOW_FROM_MS = 3360
const SLOW_TO_MS = 5340
/** Steps of the golden ratio fill a range evenly from the first value on. */
const GOLDEN = 0.6180339887498949
const MINUTE = 60_000

export const apiCalls = defineShape({
  name: 'api-calls',
  title: 'API calls',
  description: 'Calls of an API: endpoint, status and how many milliseconds each took. A few searches hang for seconds.',
  columns: [
    { name: 'endpoint', type: STRING },
    { name: 'method', type: STRING },
    { name: 'status', type: BIGINT },
    { name: 'ms', type: BIGINT },
    { name: 'at', type: TIMESTAMP, unit: 'ms' },
  ],
  eventTimeColumn: 'at',
  keyColumn: 'endpoint',
  faults: [
    {
      name: 'hanging-searches',
      title: 'Hanging searches',
      description: 'For 7 minutes 1.5 % of the searches take 3 to 5 seconds; the others are as fast as ever.',
    },
  ],
  defaults: { ratePerSecond: 50, delayedShare: 0, delayMinMs: 1000, delayMaxMs: 5000 },
  delayableShare: 1,
  delayStream: 1,
  rows({ seed, fault }) {
    const random = new Random(seed, 'api-calls')
    const hangs = fault('hanging-searches')
    let due = random.unit()
    let place = random.unit()
    return (timeMs, _index, faultMs) => {
      const endpoint = ENDPOINTS.pick(random.unit())
      let ms = Math.max(1, Math.round(endpoint.medianMs * Math.exp(SPREAD * random.normal())))
      const outcome = random.unit()
      if (hangs && endpoint === SEARCH && faultMs >= 6 * MINUTE && faultMs < 13 * MINUTE) {
        due += SLOW_SHARE
        if (due >= 1) {
          due -= 1
          place = (place + GOLDEN) % 1
          ms = Math.round(SLOW_FROM_MS + (SLOW_TO_MS - SLOW_FROM_MS) * place)
        }
      }
      const status = outcome < 0.003 ? 500 : outcome < 0.02 ? 404 : 200
      const json = `{"endpoint":"${endpoint.path}","method":"${endpoint.method}","status":${status},"ms":${ms},"at":${timeMs}}`
      return { key: endpoint.path, json, delayable: true }
    }
  },
})
