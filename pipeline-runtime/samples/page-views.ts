import { BIGINT, STRING, TIMESTAMP } from '../data/types.ts'
import { defineShape } from './generate.ts'
import { Random, Weighted } from './random.ts'

/** The way to an order, and how many leave after each page. */
const STEPS: readonly (readonly [page: string, leave: number])[] = [
  ['/', 0.35],
  ['/list', 0.25],
  ['/product', 0.35],
  ['/cart', 0.25],
  ['/address', 0.1],
  ['/shipping', 0.12],
  ['/payment', 0.08],
  ['/thanks', 1],
]
const SHIPPING = 5
const REFERRERS = new Weighted([
  ['search', 5],
  ['newsletter', 2],
  ['ad', 2],
  ['direct', 3],
])
/** About how long people look at a page. */
const READING_SECONDS = 20

interface Visit {
  readonly visitor: string
  readonly referrer: string
  step: number
}

export const pageViews = defineShape({
  name: 'page-views',
  title: 'Page views',
  description: 'Visitors of a web shop, page by page from the start page to the order. Most of those who see the shipping costs leave.',
  columns: [
    { name: 'visitor', type: STRING },
    { name: 'page', type: STRING },
    { name: 'step', type: BIGINT },
    { name: 'referrer', type: STRING },
    { name: 'at', type: TIMESTAMP, unit: 'ms' },
  ],
  eventTimeColumn: 'at',
  keyColumn: 'visitor',
  faults: [{ name: 'costly-shipping', title: 'Costly shipping', description: 'Of those who see the shipping costs, 6 in 10 leave.' }],
  defaults: { ratePerSecond: 20, delayedShare: 0, delayMinMs: 1000, delayMaxMs: 5000 },
  delayableShare: 1,
  delayStream: 1,
  rows({ seed, ratePerSecond, fault }) {
    const random = new Random(seed, 'page-views')
    const costly = fault('costly-shipping')
    const room = Math.max(2, Math.round(ratePerSecond * READING_SECONDS))
    const visits: Visit[] = []
    let visitors = 0
    const newVisit = (): Visit => ({ visitor: `v${String(++visitors).padStart(6, '0')}`, referrer: REFERRERS.pick(random.unit()), step: 0 })
    return (timeMs) => {
      const at = random.below(room)
      const slot = Math.min(at, visits.length)
      const visit = visits[slot] ?? newVisit()
      const step = visit.step++
      const [page, usual] = STEPS[step] as (typeof STEPS)[number]
      const leaves = random.unit() < (costly && step === SHIPPING ? 0.6 : usual)
      visits[slot] = leaves ? newVisit() : visit
      const json = `{"visitor":"${visit.visitor}","page":"${page}","step":${step + 1},"referrer":"${visit.referrer}","at":${timeMs}}`
      return { key: visit.visitor, json, delayable: true }
    }
  },
})
